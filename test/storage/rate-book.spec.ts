import { Logger } from '@nestjs/common';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { bookContents } from '../support/book-contents.js';
import { withBookProcesses } from '../support/book-process.js';
import { databases } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { RandomChanges } from '../support/random-changes.js';
import { RandomValues } from '../support/random-values.js';
import { Random } from '../support/random.js';

const FIRST_DAY = toCalendarDate('2020-01-01');
/** Every second one is more ranges than a book keeps apart. */
const MANY_DAYS = 300;

describe.each(databases)('the rate book on $engine', ({ create }) => {
  afterEach(() => jest.restoreAllMocks());
  const { databaseUrl, open, close } = withBookProcesses(create);

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
    const late = await OpenedDatabase.open(databaseUrl());
    const books = new RateBooks(late.snapshots, late.unitOfWork);
    const loading = books.loaded();
    for (let written = 0; written < 15; written++) await step();
    await loading;
    await books.follow();
    expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    await late.close();
  });

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
    await execute(databaseUrl(), 'ALTER TABLE rate_revisions RENAME TO away');
    const failing = one.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate()]));
    const why: unknown = await failing.catch((thrown: unknown) => thrown);
    expect(why).toHaveProperty('message', expect.stringMatching(/rate_revisions/));
    expect(await one.database.repository(RateEntity).find()).toHaveLength(1);
    expect(one.books.current).toBe(before);
    await execute(databaseUrl(), 'ALTER TABLE away RENAME TO rate_revisions');
    await one.database.unitOfWork.run((unit) => unit.insert(RateEntity, [rate()]));
    expect(one.books.current.parts.manual.get('GOLD')).toHaveLength(2);
  });
});
