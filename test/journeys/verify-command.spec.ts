import { withCommandHost } from '../support/command-host.js';
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
    expect(await host.run(environment(), 'fetch')).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await database.drop();
    await bank.stop();
  });

  const host = withCommandHost();
  const environment = () => ({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
  const wordsAgainst = (address: string) => [
    '--against',
    address,
    '--from',
    '2026-04-25',
    '--to',
    '2026-04-25',
  ];
  const verify = (address: string) => host.run(environment(), 'verify', ...wordsAgainst(address));

  it('exits with 0 if nothing differs, with 1 and a line for each difference, else with 2', async () => {
    const alone = new CommandProcess('verify', environment(), wordsAgainst(bank.url));
    expect(await alone.exited).toMatchObject({ code: 0 });
    expect(alone.output).toBe('');
    bank.publish(sheetXml('25.04.2026', [at(USD, '75,5274'), EUR]));
    const line = '2026-04-25 USD (R01235): stored 75.5273 for 1, there 75.5274 for 1\n';
    expect(await verify(bank.url)).toMatchObject({ code: 1, said: line });
    expect(await verify('http://127.0.0.1:9')).toMatchObject({ code: 2, said: '' });
    expect(await verify('nonsense')).toMatchObject({ code: 64 });
  });
});
