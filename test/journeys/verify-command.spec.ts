import { CommandProcess } from '../support/command-process.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';

describe('kurs verify', () => {
  let bank: FakeBank;
  let database: TestDatabase;

  beforeAll(async () => {
    bank = await FakeBank.start();
    database = await createSqlite();
    bank.publish(sheetXml('25.04.2026', [USD, EUR]));
    expect(await run('fetch')).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await database.drop();
    await bank.stop();
  });

  /** Its exit code, and what it printed. */
  const run = async (name: string, ...words: string[]) => {
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    const command = new CommandProcess(name, environment, words);
    const { code } = await command.exited;
    return { code, output: command.output };
  };
  const verify = (against: string) =>
    run('verify', '--against', against, '--from', '2026-04-25', '--to', '2026-04-25');

  it('exits with 0 if nothing differs, with 1 and a line for each difference, else with 2', async () => {
    expect(await verify(bank.url)).toMatchObject({ code: 0, output: '' });
    bank.publish(sheetXml('25.04.2026', [at(USD, '75,5274'), EUR]));
    const line = '2026-04-25 USD (R01235): stored 75.5273 for 1, there 75.5274 for 1\n';
    expect(await verify(bank.url)).toMatchObject({ code: 1, output: line });
    expect(await verify('http://127.0.0.1:9')).toMatchObject({ code: 2, output: '' });
    expect(await verify('nonsense')).toMatchObject({ code: 64 });
  });
});
