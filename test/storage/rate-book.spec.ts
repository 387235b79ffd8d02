import { Logger } from '@nestjs/common';
import type { Unit } from '../../src/database/unit.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import { CurrencyEntity } from '../../src/rates/model/currency.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { bookContents } from '../support/book-contents.js';
import { type BookProcess, openBookProcess } from '../support/book-process.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { RandomChanges } from '../support/random-changes.js';
import { RandomValues } from '../support/random-values.js';
import { Random } from '../support/random.js';

const FIRST_DAY = toCalendarDate('2020-01-01');
/** Every second one is more ranges than a book keeps apart. */
const MANY_DAYS = 300;

/** As the event tail reads it. */
async function stateOf({ reader }: OpenedDatabase) {
  const { log_id, data_version, mark } = await reader.store();
  return { logId: log_id, dataVersion: data_version, mark };
}

describe.each(databases)('the rate book on $engine', ({ create }) => {
  let database: TestDatabase;
  let processes: BookProcess[];

  const open = async () => {
    const process = await openBookProcess(database.url);
    processes.push(process);
    return process;
  };
  const close = async (process: BookProcess) => {
    processes = processes.filter((each) => each !== process);
    await process.database.close();
  };

  beforeEach(async () => {
    database = await create();
    processes = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const process of [...processes]) await close(process);
    await database.drop();
  });

  it.each([1, 2, 3])(
    'equals a freshly loaded book after any commits and rollbacks of two processes (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const changes = new RandomChanges(random);
      const [one, other] = [await open(), await open()];
      for (let step = 0; step < 200; step++) {
        const [writer, reader] = random.next() < 0.5 ? [one, other] : [other, one];
        const failure = random.next() < 0.1 ? new Error('rolled back') : undefined;
        const before = writer.books.current;
        const unit = writer.database.unitOfWork.run(async (open) => {
          for (let left = 1 + random.whole(0, 2); left > 0; left--) await changes.make(open);
          if (failure) throw failure;
        });
        if (failure) await expect(unit).rejects.toBe(failure);
        else await unit;
        if (failure) expect(writer.books.current).toBe(before);
        if (random.next() < 0.3) await reader.books.follow();
        if (step % 20 !== 19) continue;
        // A process has its own commits at once; it learns of others when it follows.
        if (failure) await writer.books.follow();
        await reader.books.follow();
        const fresh = await open();
        const expected = bookContents(fresh.books.current);
        expect(bookContents(writer.books.current)).toEqual(expected);
        expect(bookContents(reader.books.current)).toEqual(expected);
        await close(fresh);
      }
    },
  );

  it('is correct when it was loaded while others wrote', async () => {
    const changes = new RandomChanges(new Random(7));
    const writer = await open();
    const step = () => writer.database.unitOfWork.run((unit) => changes.make(unit));
    for (let written = 0; written < 30; written++) await step();
    const late = await OpenedDatabase.open(database.url);
    const books = new RateBooks(late.snapshots, late.unitOfWork);
    const loading = books.loaded();
    for (let written = 0; written < 15; written++) await step();
    await loading;
    await books.follow();
    expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    await late.close();
  });

  it('is reloaded when a version has no record of its changes, and this is logged', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const changes = new RandomChanges(new Random(8));
    const [one, other] = [await open(), await open()];
    for (let written = 0; written < 10; written++) {
      await one.database.unitOfWork.run((unit) => changes.make(unit));
    }
    // Like a write of an older Kurs, which does not know the table.
    await execute(database.url, 'DELETE FROM changes');
    await other.books.follow();
    expect(bookContents(other.books.current)).toEqual(bookContents((await open()).books.current));
    expect(warned.mock.calls.flat()).toEqual(['Reloading the stored rates']);
  });

  it('of another log replaces the old one, whatever its versions are', async () => {
    const one = await open();
    const changes = new RandomChanges(new Random(8));
    for (let written = 0; written < 10; written++) {
      await one.database.unitOfWork.run((unit) => changes.make(unit));
    }
    const version = one.books.current.position.dataVersion + 1;
    // Like a backup that was taken later.
    for (const statement of [
      'DELETE FROM rates',
      `INSERT INTO changes (data_version, part, key) VALUES (${version}, '', '')`,
      `UPDATE store SET log_id = '00000000-0000-4000-8000-000000000000', data_version = ${version}`,
    ]) {
      await execute(database.url, statement);
    }
    await one.books.follow();
    expect(bookContents(one.books.current)).toEqual(bookContents((await open()).books.current));
  });

  it('follows a database that was set back under the same log', async () => {
    const one = await open();
    const changes = new RandomChanges(new Random(8));
    const step = () => one.database.unitOfWork.run((unit) => changes.make(unit));
    for (let written = 0; written < 10; written++) await step();
    const { dataVersion } = one.books.current.position;
    // Like a standby that lacks the last commits.
    await execute(database.url, 'DELETE FROM rates');
    await execute(database.url, `DELETE FROM changes WHERE data_version > ${dataVersion - 3}`);
    await execute(database.url, `UPDATE store SET data_version = ${dataVersion - 3}`);
    const currency = { cbr_id: 'R09999', code: 'NEW', name: 'New', name_en: null, num_code: null };
    await one.database.unitOfWork.run((unit) => unit.insert(CurrencyEntity, [currency]));
    expect(bookContents(one.books.current)).toEqual(bookContents((await open()).books.current));
  });

  it.each([
    ['to the same version', 3, false],
    ['to a later one', 5, false],
    ['to a later one, and writes itself', 5, true],
  ])(
    'notices that the database was set back under the same log and has advanced again %s',
    async (_, versions, isWriting) => {
      const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
      const [one, late] = [await open(), await OpenedDatabase.open(database.url)];
      const changes = new RandomChanges(new Random(8));
      for (let written = 0; written < 10; written++) {
        await one.database.unitOfWork.run((unit) => changes.make(unit));
      }
      const back = one.books.current.position.dataVersion - 3;
      await execute(database.url, 'DELETE FROM rates');
      await execute(database.url, `DELETE FROM changes WHERE data_version > ${back}`);
      await execute(database.url, `UPDATE store SET data_version = ${back}`);
      const learn = (written: number) => (unit: Unit) => {
        const currency = { cbr_id: `R0999${written}`, code: 'NEW', name: 'New' };
        const row = { ...currency, name_en: null, num_code: null };
        return unit.insert(CurrencyEntity, [row]);
      };
      for (let written = 0; written < versions; written++) {
        await late.unitOfWork.run(learn(written));
      }
      if (isWriting) await one.database.unitOfWork.run(learn(versions));
      else await one.books.follow(await stateOf(late));
      const expected = bookContents((await open()).books.current);
      expect(bookContents(one.books.current)).toEqual(expected);
      expect(warned.mock.calls.flat()).toEqual(['Reloading the stored rates']);
      await late.close();
    },
  );

  it('follows changes of one currency on any number of days that are no neighbours', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const [one, other] = [await open(), await open()];
    const rates = new RandomValues(new Random(11));
    const gold = { cbr_id: null, code: 'GOLD', source: 'manual' as const };
    const insert = (day: number) => {
      const rate = { ...rates.rate('', addDays(FIRST_DAY, day)), ...gold };
      return other.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate]));
    };
    for (let day = 1; day < MANY_DAYS; day += 20) await insert(day);
    await one.books.follow();
    for (let day = 0; day < MANY_DAYS; day += 2) await insert(day);
    await one.books.follow();
    const { books } = await open();
    expect(bookContents(one.books.current)).toEqual(bookContents(books.current));
    expect(warned).not.toHaveBeenCalled();
  });

  it('is loaded although somebody keeps committing without a record', async () => {
    const writer = await open();
    await writer.database.unitOfWork.run((unit) => new RandomChanges(new Random(8)).make(unit));
    const late = await OpenedDatabase.open(database.url);
    const { snapshots } = late;
    // Between the pages of every load.
    const readFreely = snapshots.readFreely.bind(snapshots);
    snapshots.readFreely = async (work) => {
      const read = await readFreely(work);
      await execute(database.url, 'UPDATE store SET data_version = data_version + 1');
      return read;
    };
    const books = new RateBooks(snapshots, late.unitOfWork);
    await books.loaded();
    await writer.books.follow();
    expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    await late.close();
  });

  it('that can no longer be loaded rejects those who wait for its position', async () => {
    const one = await open();
    const told: string[] = [];
    one.books.onAdvance(({ logId, dataVersion }) => told.push(`${logId} ${dataVersion}`));
    const logId = '00000000-0000-4000-8000-000000000000';
    await execute(database.url, `UPDATE store SET log_id = '${logId}'`);
    await execute(database.url, 'ALTER TABLE currencies RENAME TO away');
    // The driver's errors are of another realm, where another test has loaded it.
    const why: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(why).toHaveProperty('message', expect.stringMatching(/currencies/));
    expect(told.at(-1)).toBe(`${logId} -1`);
    expect(() => one.books.current).toThrow();
    // Until the next attempt nobody is told that it recovered.
    const again: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(again).toBe(why);
    await execute(database.url, 'ALTER TABLE away RENAME TO currencies');
  });

  it('is unchanged by a failed commit, and applies what it missed when it next follows', async () => {
    const [one, other] = [await open(), await open()];
    const before = one.books.current;
    const failure = new Error('not now');
    const failing = one.database.unitOfWork.run(async (unit) => {
      await new RandomChanges(new Random(9)).make(unit);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(one.books.current).toBe(before);
    await other.database.unitOfWork.run((unit) => new RandomChanges(new Random(9)).make(unit));
    expect(one.books.current).toBe(before);
    await one.books.follow();
    expect(bookContents(one.books.current)).toEqual(bookContents(other.books.current));
  });

  it('that cannot read what a unit has changed fails the unit, and nothing of it is written', async () => {
    const one = await open();
    const day = toCalendarDate('2026-04-25');
    const rates = new RandomValues(new Random(10));
    const gold = { cbr_id: null, code: 'GOLD', source: 'manual' as const };
    const rate = () => ({ ...rates.rate('', day), ...gold });
    await one.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate()]));
    const before = one.books.current;
    // The day has a version by now: it is read again, and what it replaced as well.
    await execute(database.url, 'ALTER TABLE rate_revisions RENAME TO away');
    const failing = one.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate()]));
    const why: unknown = await failing.catch((thrown: unknown) => thrown);
    expect(why).toHaveProperty('message', expect.stringMatching(/rate_revisions/));
    expect(await one.database.repository(RateEntity).find()).toHaveLength(1);
    expect(one.books.current).toBe(before);
    await execute(database.url, 'ALTER TABLE away RENAME TO rate_revisions');
    await one.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate()]));
    expect(one.books.current.parts.manual.get('GOLD')).toHaveLength(2);
  });
});
