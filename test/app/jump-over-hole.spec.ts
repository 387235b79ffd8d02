import { databases, isRepeated } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import {
  at,
  encode1251,
  manyValutes,
  sheetXml,
  USD,
  type Valute,
} from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Held {
  id: number;
  code: string;
  value: string;
  previous_value: string;
  previous_date: string;
}
interface Run {
  saved: number;
  quarantined: number;
  message: string;
}

const CURRENCIES = 34;
/** Days on which the run finds a sheet while a jump awaits its decision. */
const HELD_DAYS = ['04', '05', '06', '07', '10'];

/** A sheet with the dollar and many others that move with it, by `percent` of their first rates. */
function sheet(date: string, usd: string, percent: number): string {
  const others = manyValutes(CURRENCIES - 1).map((valute): Valute => {
    const [whole = '', places = ''] = valute.value.split(',');
    const scaled = (BigInt(whole + places.padEnd(4, '0').slice(0, 4)) * BigInt(percent)) / 100n;
    const text = String(scaled).padStart(5, '0');
    return at(valute, `${text.slice(0, -4)},${text.slice(-4)}`);
  });
  return sheetXml(date, [at(USD, usd), ...others]);
}

/** The service was off from October to February, and all rates moved by three quarters. */
describe.each(databases)('a jump across days that are not loaded on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheet('01.10.2014', '39,6600', 100)],
    clock: '2014-10-01T09:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '20' },
  });

  beforeEach(() => clock.set('2015-02-03T09:00:00Z'));

  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const held = () => getJson<Held[]>(`${kurs.url}/v1/quarantine?limit=1000`);
  const get = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1/${path}`);
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body, named: response.headers.get('kurs-quarantined') };
  };
  const usd = async (date?: string) => (await get(`rates/USD${date ? `?date=${date}` : ''}`)).body;
  const listing = async () => {
    const { body, named } = await get('rates');
    return { codes: (body as unknown as unknown[]).length, named: named?.split(',').length ?? 0 };
  };
  const whole = async (word: string) => {
    const id = (await held()).at(-1)?.id;
    const url = `${kurs.url}/v1/quarantine/${id}/${word}?whole_sheet=true`;
    return getJson<{ decided: Held[]; released: Held[] }>(url, { method: 'POST' });
  };

  it('is a jump against the bank’s previous sheet, and leaves the last good fixing in force', async () => {
    bank.publish(sheet('31.01.2015', '69,0000', 174));
    bank.publish(sheet('03.02.2015', '690,0000', 1740));
    expect(await run()).toMatchObject({ quarantined: CURRENCIES });
    expect(await usd()).toMatchObject({ value: '69.0000', carried: true });
    expect(await listing()).toEqual({ codes: CURRENCIES, named: CURRENCIES });
    expect((await whole('accept')).decided).toHaveLength(CURRENCIES);
    expect(await held()).toEqual([]);
    expect(await usd()).toMatchObject({ value: '690.0000', carried: false });
  });

  it('takes one call to decide, however many days follow before it', async () => {
    bank.publish(sheet('31.01.2015', '69,0000', 174));
    bank.publish(sheet('03.02.2015', '99,0000', 250));
    await run();
    for (const day of HELD_DAYS) {
      clock.set(`2015-02-${day}T09:00:00Z`);
      bank.publish(sheet(`${day}.02.2015`, '100,0000', 251));
      await run();
    }
    // Nothing is accepted automatically, however long it is held.
    expect(await usd()).toMatchObject({ value: '69.0000', carried: true });
    expect(await listing()).toEqual({ codes: CURRENCIES, named: CURRENCIES });
    const { decided, released } = await whole('accept');
    expect([decided.length, released.length]).toEqual([CURRENCIES, CURRENCIES * HELD_DAYS.length]);
    expect(await held()).toEqual([]);
    expect(await usd()).toMatchObject({ value: '100.0000', carried: false });
    clock.set('2015-02-11T09:00:00Z');
    bank.publish(sheet('11.02.2015', '101,0000', 252));
    expect(await run()).toMatchObject({ quarantined: 0 });
  });

  if (isRepeated(engine)) return;

  it('is none if the bank’s previous sheet explains it', async () => {
    bank.publish(sheet('31.01.2015', '69,0000', 174));
    bank.publish(sheet('03.02.2015', '69,6600', 175));
    expect(await run()).toMatchObject({ quarantined: 0 });
    expect(await held()).toEqual([]);
    expect(await usd()).toMatchObject({ value: '69.6600', carried: false });
    expect(await usd('2015-01-31')).toMatchObject({ value: '69.0000' });
    expect(await listing()).toEqual({ codes: CURRENCIES, named: 0 });
  });

  it('is measured against the sheet before the first requested day', async () => {
    // The last 31 days begin with 3 January, in the bank's holidays.
    bank.publish(sheet('30.12.2014', '56,2376', 142));
    bank.publish(sheet('31.12.2014', '56,2584', 142));
    bank.publish(sheet('01.01.2015', '562,5840', 142));
    for (const day of ['13', '20', '27']) bank.publish(sheet(`${day}.01.2015`, '65,0000', 160));
    bank.publish(sheet('03.02.2015', '69,6600', 175));
    await run();
    expect(await held()).toMatchObject([
      { code: 'USD', value: '562.5840', previous_value: '56.2584', previous_date: '2014-12-31' },
    ]);
    expect(await usd()).toMatchObject({ value: '69.6600', carried: false });
    expect(await usd('2014-12-31')).toMatchObject({ value: '56.2584' });
    const events = (await new Rows(kurs).events()).map(({ payload }) => payload);
    expect(events.filter((payload) => payload.includes('"2014-12-31"'))).toEqual([]);
  });

  it('is accepted if the previous sheet is unavailable, and reported', async () => {
    bank.publish(sheet('03.02.2015', '69,6600', 175));
    bank.misbehave((request, response) => {
      const asked = request.url?.includes('date_req') ?? false;
      if (asked) response.end(encode1251('<html></html>'));
      else bank.answerAsUsual(request, response);
    });
    const { message, quarantined } = await run();
    expect(quarantined).toBe(0);
    expect(message).toContain('the sheet of 2015-02-03 was compared with none');
    expect(await usd()).toMatchObject({ value: '69.6600' });
    const status = await getJson<{ bank: { missing_days: object[] } }>(`${kurs.url}/v1/status`);
    expect(status.bank.missing_days.at(-1)).toMatchObject({ date: '2015-02-02', code: 'cbr.html' });
  });

  it('is held if the gap is no longer than the bank’s longest pause', async () => {
    clock.set('2014-10-04T09:00:00Z');
    bank.publish(sheet('04.10.2014', '396,6000', 1000));
    bank.misbehave((request, response) => {
      if (request.url?.includes('03%2F10')) response.end(encode1251('<html></html>'));
      else bank.answerAsUsual(request, response);
    });
    expect(await run()).toMatchObject({ quarantined: CURRENCIES });
    expect(await usd()).toMatchObject({ value: '39.6600', carried: true });
    expect(await listing()).toEqual({ codes: CURRENCIES, named: CURRENCIES });
  });

  it('never makes a currency unset, however old its last good fixing', async () => {
    bank.publish(sheet('31.01.2015', '69,0000', 174));
    bank.misbehave((request, response) => {
      if (request.url?.includes('date_req')) response.destroy();
      else bank.answerAsUsual(request, response);
    });
    // A correction of the only recent sheet is measured against the value that it replaces.
    await run();
    bank.publish(sheet('31.01.2015', '690,0000', 1740));
    await run();
    expect(await usd('2015-01-31')).toMatchObject({ value: '69.0000' });
    expect(await held()).toHaveLength(CURRENCIES);
  });
});
