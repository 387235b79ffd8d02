import { Logger } from '@nestjs/common';
import { KursError } from '../../src/common/kurs.error.js';
import { Revisions } from '../../src/rates/book/index.js';
import type { RateBook } from '../../src/rates/book/rate-book.js';
import { bookContents } from '../support/book-contents.js';
import { type BookProcess, openBookProcess } from '../support/book-process.js';
import { databases, isRepeated, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { RandomWork } from '../support/random-work.js';
import { Random } from '../support/random.js';

const STEPS = 160;
const COMPARED_EVERY = 20;

const revisionsOf = (book: RateBook) =>
  ['USD', 'DEM', 'GOLD', 'W1'].map((code) => Revisions.of(book, code).slice(0, Infinity));

/** A backup is put back: rows are missing, and the log has another name. */
async function putBack(url: string, random: Random): Promise<void> {
  const kept = random.whole(1, 60);
  const logId = `00000000-0000-4000-8000-0000000000${String(random.whole(10, 99))}`;
  for (const statement of [
    `DELETE FROM rates WHERE id > ${kept}`,
    `DELETE FROM rate_revisions WHERE id > ${kept}`,
    `DELETE FROM changes WHERE data_version > ${kept}`,
    `UPDATE store SET log_id = '${logId}', data_version = ${kept}`,
  ]) {
    await execute(url, statement);
  }
}

describe.each(databases)('the book of a process on $engine', ({ create, engine }) => {
  let database: TestDatabase;
  const processes: BookProcess[] = [];

  const open = async () => {
    const process = await openBookProcess(database.url);
    processes.push(process);
    return process;
  };

  beforeEach(async () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    database = await create();
  });

  afterEach(async () => {
    for (const { database: opened } of processes.splice(0)) await opened.close();
    await database.drop();
  });

  it.each(isRepeated(engine) ? [2] : [1])(
    'equals a freshly loaded one, whatever the services of two processes have done (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const both = [await open(), await open()] as const;
      const works = both.map(({ database: opened }) => new RandomWork(opened, random));
      let refused = 0;
      for (let step = 1; step <= STEPS; step++) {
        const doing = random.of(works).step();
        // The other process follows while this one writes.
        const following = random.next() < 0.4 ? random.of(both).books.follow() : undefined;
        await doing.catch((thrown: unknown) => {
          if (!(thrown instanceof KursError)) throw thrown;
          refused += 1;
        });
        await following;
        if (step === STEPS / 2) await putBack(database.url, random);
        if (step % COMPARED_EVERY !== 0) continue;
        const fresh = await open();
        const book = fresh.books.current;
        for (const { books } of both) {
          await books.follow();
          expect(bookContents(books.current)).toEqual(bookContents(book));
          expect(revisionsOf(books.current)).toEqual(revisionsOf(book));
        }
        await fresh.database.close();
        processes.pop();
      }
      expect(refused).toBeLessThan(STEPS / 2);
    },
  );
});
