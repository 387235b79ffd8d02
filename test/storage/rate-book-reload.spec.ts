import { Logger } from '@nestjs/common';
import type { Unit } from '../../src/database/unit.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { CurrencyEntity } from '../../src/rates/model/currency.entity.js';
import { bookContents } from '../support/book-contents.js';
import { withBookProcesses } from '../support/book-process.js';
import { databases } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { RandomChanges } from '../support/random-changes.js';
import { Random } from '../support/random.js';

/** As the event tail reads it. */
async function stateOf({ reader }: OpenedDatabase) {
  const { log_id, data_version, mark } = await reader.store();
  return { logId: log_id, dataVersion: data_version, mark };
}

describe.each(databases)('the rate book on $engine', ({ create }) => {
  afterEach(() => jest.restoreAllMocks());
  const { databaseUrl, open } = withBookProcesses(create);

  it('is reloaded when a version has no record of its changes, and this is logged', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const changes = new RandomChanges(new Random(8));
    const [one, other] = [await open(), await open()];
    for (let written = 0; written < 10; written++) {
      await one.database.unitOfWork.run((unit) => changes.make(unit));
    }
    // Like a write of an older Kurs, which does not know the table.
    await execute(databaseUrl(), 'DELETE FROM changes');
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
      await execute(databaseUrl(), statement);
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
    await execute(databaseUrl(), 'DELETE FROM rates');
    await execute(databaseUrl(), `DELETE FROM changes WHERE data_version > ${dataVersion - 3}`);
    await execute(databaseUrl(), `UPDATE store SET data_version = ${dataVersion - 3}`);
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
      const [one, late] = [await open(), await OpenedDatabase.open(databaseUrl())];
      const changes = new RandomChanges(new Random(8));
      for (let written = 0; written < 10; written++) {
        await one.database.unitOfWork.run((unit) => changes.make(unit));
      }
      const back = one.books.current.position.dataVersion - 3;
      await execute(databaseUrl(), 'DELETE FROM rates');
      await execute(databaseUrl(), `DELETE FROM changes WHERE data_version > ${back}`);
      await execute(databaseUrl(), `UPDATE store SET data_version = ${back}`);
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

  it('is loaded although somebody keeps committing without a record', async () => {
    const writer = await open();
    await writer.database.unitOfWork.run((unit) => new RandomChanges(new Random(8)).make(unit));
    const late = await OpenedDatabase.open(databaseUrl());
    const { snapshots } = late;
    // Between the pages of every load.
    const readFreely = snapshots.readFreely.bind(snapshots);
    snapshots.readFreely = async (work) => {
      const read = await readFreely(work);
      await execute(databaseUrl(), 'UPDATE store SET data_version = data_version + 1');
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
    await execute(databaseUrl(), `UPDATE store SET log_id = '${logId}'`);
    await execute(databaseUrl(), 'ALTER TABLE currencies RENAME TO away');
    // The driver's errors are of another realm, where another test has loaded it.
    const why: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(why).toHaveProperty('message', expect.stringMatching(/currencies/));
    expect(told.at(-1)).toBe(`${logId} -1`);
    expect(() => one.books.current).toThrow();
    // Until the next attempt nobody is told that it recovered.
    const again: unknown = await one.books.follow().catch((thrown: unknown) => thrown);
    expect(again).toBe(why);
    await execute(databaseUrl(), 'ALTER TABLE away RENAME TO currencies');
  });
});
