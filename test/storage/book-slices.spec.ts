import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import type { Unit } from '../../src/database/unit.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { DocumentEntity } from '../../src/rates/model/document.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { RateRevisionEntity } from '../../src/rates/model/rate-revision.entity.js';
import { bookContents } from '../support/book-contents.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { SlowSnapshots } from '../support/slow-snapshots.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const FIRST = toCalendarDate('2020-01-01');
const VERSIONS = 45;
const CURRENCIES = 60;
/** No reader waits longer. */
const LONGEST_TURN_MS = 20;

/** A corrected sheet: a rate, a revision and a record of what changed for each currency. */
async function writeSheet(unit: Unit, number: number): Promise<void> {
  const effective_date = addDays(FIRST, number);
  const rates = Array.from({ length: CURRENCIES }, (_, index) => ({
    ...{ cbr_id: `R${10_000 + index}`, code: `C${index}`, name: 'Name', nominal: 1, value: '1.5' },
    ...{ effective_date, source: 'cbr', created_at: NOW, recorded_at: NOW, updated_at: NOW },
    ...{ recorded_by: null, document_id: null },
  })) as unknown as RateEntity[];
  await unit.insert(RateEntity, rates);
  const ended = { reason: 'correction', superseded_at: NOW, superseded_by: null };
  const revisions = rates.map(({ id: rate_id, updated_at: _, ...version }) => ({
    ...{ ...version, ...ended, rate_id },
  })) as RateRevisionEntity[];
  await unit.insert(RateRevisionEntity, revisions);
  const document = {
    ...{ kind: 'daily', cbr_id: null, date: effective_date, to_date: null, fetched_at: NOW },
    ...{ sha256: String(number), gzipped_bytes: Buffer.from('sheet') },
  } as unknown as DocumentEntity;
  await unit.insert(DocumentEntity, [document]);
}

describe.each(databases)(
  'a book that follows an import of another process on $engine',
  ({ create }) => {
    let database: TestDatabase;

    beforeEach(async () => (database = await create()));
    afterEach(() => database.drop());

    it.each([0.002, 0.02, 0.2])(
      'holds the event loop for 20 ms at most, where a row takes %s ms',
      async (msPerRow) => {
        const [other, one] = [
          await OpenedDatabase.open(database.url),
          await OpenedDatabase.open(database.url),
        ];
        const snapshots = new SlowSnapshots(one.snapshots, msPerRow);
        const books = new RateBooks(snapshots.slow, one.unitOfWork);
        await books.loaded();
        for (let number = 0; number < VERSIONS; number++) {
          await other.unitOfWork.run((unit) => writeSheet(unit, number));
        }
        await snapshots.during(() => books.follow());
        // The versions of a day, and what was recorded of it.
        expect(snapshots.rowsRead).toBeGreaterThan(VERSIONS * CURRENCIES * 3);
        expect(snapshots.longestTurnMs).toBeLessThanOrEqual(LONGEST_TURN_MS);
        const late = new SlowSnapshots(other.snapshots, msPerRow);
        const fresh = new RateBooks(late.slow, other.unitOfWork);
        await late.during(() => fresh.loaded());
        expect(late.longestTurnMs).toBeLessThanOrEqual(LONGEST_TURN_MS);
        expect(bookContents(books.current)).toEqual(bookContents(fresh.current));
        await one.close();
        await other.close();
      },
    );
  },
);
