import { bankDocuments } from '../support/bank-documents.js';
import { CommandProcess } from '../support/command-process.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';

interface Rate {
  code: string;
  nominal: number;
  value: string;
  rate: string;
  effective_date: string;
}

describe.each(bankDocuments)('the recorded history of the bank, $edition', (documents) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess | undefined;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(documents.sheet('2026-04-25'));
    bank.misbehaveOnHistory((request, response) => {
      const url = new URL(request.url ?? '/', 'http://bank');
      const id = url.searchParams.get('VAL_NM_RQ');
      if (id === null) response.end(documents.dictionary());
      else if (documents.seriesIds.includes(id)) response.end(documents.series(id));
    });
    database = await createSqlite();
  });

  afterAll(async () => {
    await kurs?.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  it('is returned with the same digits, nominals and days', async () => {
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    const words = ['--from', '2026-03-01', '--to', '2026-03-05'];
    const command = new CommandProcess('backfill', environment, words);
    expect(await command.exited).toEqual({ code: 0, signal: null });
    kurs = await KursProcess.start(environment);
    const rates = await getJson<Rate[]>(`${kurs.url}/v1/rates?from=2026-03-02&to=2026-03-05`);
    const printed = documents.seriesIds.flatMap((id) =>
      printedIn(documents.series(id).toString('latin1')),
    );
    const read = rates.map(({ effective_date, nominal, value, rate }) =>
      [effective_date, nominal, value, Number(rate)].join(' '),
    );
    expect(read.sort()).toEqual(printed.sort());
    expect(read).toHaveLength(162);
    // Five currencies of the dictionary share two codes or have none; IRR counts in millions.
    expect(await getJson(`${kurs.url}/v1/rates/SAR?date=2026-03-04`)).toMatchObject({
      cbr_id: 'R01580',
    });
    expect(await getJson(`${kurs.url}/v1/rates/IRR?date=2026-03-04`)).toMatchObject({
      nominal: 1_000_000,
      rate: expect.stringMatching(/^0\.0000\d{5,6}$/) as string,
    });
    expect(await getJson(`${kurs.url}/v1/rates/USD?date=2026-03-06`)).toMatchObject({
      code: 'rates.not_loaded',
    });
  });
});

/** `2026-03-03 1 77.1734 77.1734`: date, nominal, value and unit rate of every record. */
function printedIn(xml: string): string[] {
  const record =
    /<Record Date="(..)\.(..)\.(....)" Id="\w+"><Nominal>(\d+)<\/Nominal><Value>([^<]+)<\/Value><VunitRate>([^<]+)</g;
  return [...xml.matchAll(record)].map(([, day, month, year, nominal, value = '', unit = '']) =>
    [
      `${year}-${month}-${day}`,
      nominal,
      value.replace(',', '.'),
      Number(unit.replace(',', '.')),
    ].join(' '),
  );
}
