import { Logger } from '@nestjs/common';
import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import { RateBooks } from '../../src/rates/book/index.js';
import { BookNotLoadedError } from '../../src/rates/model/index.js';
import { keepRevision, RateRevisionEntity } from '../../src/rates/model/rate-revision.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { bookContents } from '../support/book-contents.js';
import { openBookProcess, type BookProcess } from '../support/book-process.js';
import { createPostgres, databases, type TestDatabase } from '../support/databases.js';
import { wrappedSnapshots } from '../support/wrapped-snapshots.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const DAY = toCalendarDate('2026-01-01');

function manualRate(code: string, name: string): RateEntity {
  return {
    ...{ cbr_id: null, code, name, nominal: 1, value: '1.50', effective_date: DAY },
    ...{ source: 'manual', created_at: NOW, updated_at: NOW, recorded_at: NOW },
    ...{ recorded_by: null, document_id: null },
  } as unknown as RateEntity;
}

describe.each(databases)('a book loaded from $engine', ({ create }) => {
  let database: TestDatabase;
  let one: BookProcess;

  beforeEach(async () => {
    database = await create();
    one = await openBookProcess(database.url);
  });

  afterEach(async () => {
    await one.database.close();
    await database.drop();
  });

  it('has the names unchanged, whatever characters they contain', async () => {
    const names = [
      ...['', ' ', 'a b', 'one\n1 1 1.5 two', 'Доллар США', '₽ 😀', 'it\'s "so"', '0'],
      // Of COPY: its escapes, its end of data, its NULL.
      ...['back\\slash \\n \\', '\\.', '\\N', 'NULL', "'", "''", "\\'", 'a\n\\.\nb'],
      ...['tab\there', 'line\r\nline\r', '\u0001\u0008\u001b\u007f\u0085\u2028', '$1 %s'],
    ];
    await one.database.unitOfWork.run(async (unit) => {
      const rates = names.map((name, index) => manualRate(`GOLD${index}`, name));
      await unit.insert(RateEntity, rates);
      for (const rate of rates) {
        await keepRevision(unit, rate, {
          ...{ reason: 'edit', superseded_at: NOW, superseded_by: null },
        });
      }
    });
    const { books, database: other } = await openBookProcess(database.url);
    for (const book of [one.books.current, books.current]) {
      for (const [index, name] of names.entries()) {
        const versions = book.parts.manual.get(`GOLD${index}`);
        const found = [...(versions?.columns.name.subarray(0, versions.length) ?? [])];
        expect(found.map((number) => book.shared.names.valueOf(number))).toEqual([name, name]);
      }
    }
    await other.close();
  });

  it('counts everything that it holds in its bytes', async () => {
    const bytes = () => one.books.current.size.bytes;
    const before = bytes();
    const name = 'A name that no other rate has'.repeat(5);
    await one.database.unitOfWork.run(async (unit) => {
      const rate = manualRate('GOLD', name);
      await unit.insert(RateEntity, [rate]);
      await keepRevision(unit, rate, {
        ...{ reason: 'edit', superseded_at: NOW, superseded_by: 'a desk with a long name' },
      });
    });
    const { columns, length } = one.books.current.parts.manual.get('GOLD') ?? {};
    expect(length).toBe(2);
    const ofColumns = columns?.day.buffer.byteLength ?? 0;
    // The name once for both versions.
    expect(bytes() - before - ofColumns).toBeGreaterThan(name.length * 2);
  });

  it('takes 64 bytes for each version at most, replaced ones too', async () => {
    await one.database.unitOfWork.run(async (unit) => {
      const rates = Array.from({ length: 2_000 }, (_, index) => ({
        ...manualRate('GOLD', 'Gold'),
        effective_date: addDays(DAY, index),
      }));
      await unit.insert(RateEntity, rates);
      const ended = { reason: 'correction', superseded_at: NOW, superseded_by: null };
      const revisions = rates.map(({ id: rate_id, updated_at: _, ...version }) => ({
        ...{ ...version, ...ended, rate_id },
      }));
      await unit.insert(RateRevisionEntity, revisions as RateRevisionEntity[]);
    });
    const { database: other, books } = await openBookProcess(database.url);
    for (const { size } of [one.books.current, books.current]) {
      expect(size.versions).toBe(4_000);
      expect(size.bytes / size.versions).toBeLessThanOrEqual(64);
    }
    await other.close();
  });

  describe('is stopped, or loses its database, in the middle', () => {
    /** Calls `interrupt` as soon as the first lines were read. */
    const interrupted = (interrupt: () => unknown) => {
      let isFirst = true;
      const snapshots = wrappedSnapshots(one.database.snapshots, (rows) => ({
        cells: (...question) => rows.cells(...question),
        lines: (query, take, slices) => {
          const takeAndInterrupt = (lines: Buffer) => {
            const last = take(lines);
            if (isFirst) interrupt();
            isFirst = false;
            return last;
          };
          return rows.lines(query, takeAndInterrupt, slices);
        },
      }));
      return new RateBooks(snapshots, one.database.unitOfWork);
    };
    const fill = () =>
      one.database.unitOfWork.run((unit) =>
        unit.insert(
          RateEntity,
          Array.from({ length: 5_000 }, (_, index) => ({
            ...manualRate('GOLD', 'Gold'),
            effective_date: addDays(DAY, index),
          })),
        ),
      );
    let logged: jest.SpyInstance;

    beforeEach(async () => {
      await fill();
      logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    });

    afterEach(() => logged.mockRestore());

    it('ends without an error in the log, and reads say that the rates are being loaded', async () => {
      const books = interrupted(() => books.onModuleDestroy());
      await books.begin();
      expect(() => books.current).toThrow(BookNotLoadedError);
      expect(logged).not.toHaveBeenCalled();
    });

    it('fails with a stable code if the database was closed', async () => {
      let closing: Promise<void> | undefined;
      const books = interrupted(() => (closing = one.database.close()));
      await expect(books.loaded()).rejects.toMatchObject({ code: 'database.unavailable' });
      await closing;
    });
  });
});

it('is loaded from a PostgreSQL database of another encoding', async () => {
  const database = await createPostgres('template0', "ENCODING 'WIN1251' LOCALE 'C'");
  const one = await openBookProcess(database.url);
  await one.database.unitOfWork.run((unit) =>
    unit.insert(RateEntity, [manualRate('GOLD', 'Доллар США')]),
  );
  const other = await openBookProcess(database.url);
  expect(bookContents(other.books.current)).toEqual(bookContents(one.books.current));
  await one.database.close();
  await other.database.close();
  await database.drop();
});
