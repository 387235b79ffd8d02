import type { ServerResponse } from 'node:http';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { databases, isRepeated } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface MissingDay {
  date: string;
  code: string;
  message: string;
  tries: number;
  next_try_at: string;
}
interface Status {
  newest_effective_date: string | null;
  bank: { missing_days: MissingDay[] };
  last_run: { result: string; code: string | null; message: string; saved: number };
}
interface Run {
  message: string;
  saved: number;
  effective_date: string;
  code?: string;
}

const REFUSAL =
  '<?xml version="1.0" encoding="windows-1251" ?><ValCurs>Error in parameters</ValCurs>';
const send = (body: string) => (response: ServerResponse) => void response.end(encode1251(body));
const BAD_ANSWERS: [string, string, (response: ServerResponse) => void][] = [
  ['a figure that cannot be read', 'cbr.unreadable_number', send(day('2026-11-26', 'none'))],
  ['a web page', 'cbr.html', send('<html><body>Please wait</body></html>')],
  ['404', 'cbr.http_status', (response) => void response.writeHead(404).end()],
  ['the bank’s refusal', 'cbr.error_in_parameters', send(REFUSAL)],
  ['500', 'cbr.http_status', (response) => void response.writeHead(500).end()],
  [
    'a document that ends too early',
    'cbr.truncated',
    send(day('2026-11-26', '76,0000').slice(0, 200)),
  ],
];

function day(date: string, usd: string): string {
  return sheetXml(date.split('-').reverse().join('.'), [at(USD, usd), EUR]);
}

/** Wednesday is loaded, today is Saturday. Some answers of the bank are unusable. */
describe.each(databases)('a day whose sheet is unavailable on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [day('2026-11-25', '75,0000')],
    clock: '2026-11-25T09:00:00Z',
    starts: false,
  });
  const { bank, kurs, clock } = fixture;

  const start = () => fixture.start();
  const publish = (date: string, usd: string) => bank.publish(day(date, usd));

  it('is not missing when its sheet has lost too many currencies: that sheet is held, and blocks no other day', async () => {
    await fixture.start({ CBR_MAX_SHRINK_PERCENT: '40' });
    clock.set('2026-11-28T09:00:00Z');
    bank.publish(sheetXml('26.11.2026', [at(USD, '76,0000')]));
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
    const run = await getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
    expect(run).toMatchObject({ effective_date: '2026-11-28' });
    const { bank: known } = await getJson<Status>(`${kurs.url}/v1/status`);
    expect(known.missing_days).toEqual([]);
    expect(await getJson(`${kurs.url}/v1/quarantine`)).toMatchObject([
      { kind: 'sheet', dates: ['2026-11-26'], missing_codes: ['EUR'] },
    ]);
    const on = (date: string) => getJson<object>(`${kurs.url}/v1/rates/USD?date=${date}`);
    expect(await on('2026-11-26')).toMatchObject({ value: '75.0000', carried: true });
    expect(await on('2026-11-27')).toMatchObject({ value: '77.0000', carried: false });
  });
  /** Answers requests for these days like this (`null`: the newest), and all others as usual. */
  const spoil = (days: (string | null)[], answer: (response: ServerResponse) => void) =>
    bank.misbehave((request, response) => {
      const asked = new URL(request.url ?? '/', 'http://bank').searchParams.get('date_req');
      if (days.includes(asked?.split('/').reverse().join('-') ?? null)) answer(response);
      else bank.answerAsUsual(request, response);
    });
  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const missing = async () => (await status()).bank.missing_days;
  const usd = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1/${path}`);
    const body = (await response.json()) as object;
    return { ...body, named: response.headers.get('kurs-missing-sheet') };
  };
  const onSchedule = async (time: string) => {
    clock.set(time);
    bank.questions.length = 0;
    await kurs.get(FetchRuns).runOnSchedule();
    return [...bank.questions];
  };
  const untilSaturday = async () => {
    await start();
    clock.set('2026-11-28T09:00:00Z');
    publish('2026-11-26', '76,0000');
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
  };

  it('is retried at a slower pace, and finally stored as history', async () => {
    await untilSaturday();
    const page = send('<html></html>');
    spoil(['2026-11-26'], page);
    expect(await onSchedule('2026-11-28T09:00:00Z')).toEqual([
      ...[null, '26/11/2026', '27/11/2026'],
    ]);
    expect(await missing()).toMatchObject([{ next_try_at: '2026-11-28T10:00:00.000Z' }]);
    expect(await onSchedule('2026-11-28T09:59:00Z')).toEqual([null]);
    // The newest sheet comes first: a day that may fail again delays nothing.
    expect(await onSchedule('2026-11-28T10:00:00Z')).toEqual([null, '26/11/2026']);
    expect(await missing()).toMatchObject([{ tries: 2, next_try_at: '2026-11-28T12:00:00.000Z' }]);
    const events = (await new Rows(kurs).events()).length;
    bank.misbehave();
    expect(await onSchedule('2026-11-28T12:00:00Z')).toContain('26/11/2026');
    expect(await missing()).toEqual([]);
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
    expect(await new Rows(kurs).events()).toHaveLength(events);
  });

  it('is retried at once by a forced run, and when the clock was set back', async () => {
    await untilSaturday();
    spoil(['2026-11-26'], send('<html></html>'));
    await run();
    bank.questions.length = 0;
    await run();
    expect(bank.questions).toEqual([null, '26/11/2026']);
    clock.set('2027-11-28T09:00:00Z');
    await run();
    bank.misbehave();
    expect(await onSchedule('2026-11-28T09:00:00Z')).toContain('26/11/2026');
    expect(await missing()).toEqual([]);
  });

  it('is reported for contradictions of the bank, too', async () => {
    await untilSaturday();
    await run();
    clock.set('2026-12-01T09:00:00Z');
    publish('2026-12-01', '81,0000');
    spoil(['2026-11-30'], send(day('2026-11-27', '77,0000')));
    expect(await run()).toMatchObject({ effective_date: '2026-12-01' });
    expect(await missing()).toMatchObject([{ date: '2026-11-30', code: 'cbr.stale_sheet' }]);
    expect(await usd('rates/USD?date=2026-11-30')).toMatchObject({ code: 'rates.not_loaded' });
  });

  if (isRepeated(engine)) return;

  it.each(BAD_ANSWERS)('blocks no other day, and is reported: %s', async (_, code, answer) => {
    await untilSaturday();
    spoil(['2026-11-26'], answer);
    const ran = await run();
    expect(ran).toMatchObject({ effective_date: '2026-11-28' });
    expect(ran.message).toContain(`2026-11-26 (${code})`);
    expect(await usd('rates/USD')).toMatchObject({ value: '78.0000', carried: false, named: null });
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await status()).toMatchObject({
      newest_effective_date: '2026-11-28',
      bank: { missing_days: [{ date: '2026-11-26', code, tries: 1 }] },
      last_run: { result: 'success', code: null },
    });
    // A bank that may be failing altogether is not asked for more days at once.
    await run();
    expect(await usd('rates/USD?date=2026-11-27')).toMatchObject({ value: '77.0000' });
    expect(await missing()).toMatchObject([{ date: '2026-11-26', code, tries: 2 }]);
  });

  it('has its last good fixing carried while it is today, and reports why', async () => {
    await start();
    clock.set('2026-11-28T09:00:00Z');
    publish('2026-11-26', '76,0000');
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
    publish('2026-12-01', '81,0000');
    spoil(['2026-11-28'], send('<html></html>'));
    expect(await run()).toMatchObject({ effective_date: '2026-12-01' });
    const named = '2026-11-28; code=cbr.html';
    const carried = { value: '77.0000', effective_date: '2026-11-27', carried: true, named };
    expect(await usd('rates/USD')).toMatchObject(carried);
    expect(await usd('rates/USD?date=2026-11-28')).toMatchObject(carried);
    const history = 'rates/USD/history?from=2026-11-27&to=2026-11-28&fill=calendar';
    const paths = ['rates', 'rates?codes=USD', 'convert?amount=1&from=USD&to=RUB', history];
    for (const path of paths) {
      expect([path, await usd(path)]).toMatchObject([path, { named }]);
    }
    for (const path of [
      'rates?date=2026-12-01',
      'rates/USD?date=2026-11-27',
      'rates?source=manual',
    ]) {
      expect([path, await usd(path)]).toMatchObject([path, { named: null }]);
    }
    bank.misbehave();
    await run();
    expect(await usd('rates/USD')).toMatchObject({ value: '78.0000', carried: false, named: null });
  });

  it('is reported although it is the newest as well, and the run fails', async () => {
    await start();
    clock.set('2026-11-26T09:00:00Z');
    spoil([null, '2026-11-26'], send('<html></html>'));
    expect(await run()).toMatchObject({ code: 'cbr.html' });
    expect(await usd('rates/USD')).toMatchObject({
      ...{ value: '75.0000', carried: true, named: '2026-11-26; code=cbr.html' },
    });
    expect((await status()).last_run).toMatchObject({ result: 'failure', code: 'cbr.html' });
    // The bank has published nothing for long: no sheet of today was missing.
    clock.set('2026-12-26T09:00:00Z');
    await run();
    expect(await missing()).toMatchObject([{ date: '2026-11-26' }, { date: '2026-12-26' }]);
    bank.misbehave();
    expect(await run()).toMatchObject({ effective_date: '2026-11-25' });
    expect(await missing()).toEqual([]);
  });

  it('is stored although the newest sheet is unreadable', async () => {
    await untilSaturday();
    spoil([null], send('<html></html>'));
    expect(await run()).toMatchObject({ code: 'cbr.html' });
    expect(await usd('rates/USD')).toMatchObject({ value: '78.0000', carried: false, named: null });
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
  });

  it('does not block tomorrow’s sheet in an empty database', async () => {
    publish('2026-11-26', '76,0000');
    spoil(['2026-11-25'], send('<html></html>'));
    await start();
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
    expect(await missing()).toMatchObject([{ date: '2026-11-25', code: 'cbr.html' }]);
    bank.misbehave();
    await run();
    expect(await usd('rates/USD')).toMatchObject({ value: '75.0000', carried: false, named: null });
  });

  it('is found later if a clock that was behind had skipped it', async () => {
    await start();
    publish('2026-11-26', '76,0000');
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
    publish('2026-12-01', '81,0000');
    // It is Saturday, but the clock of this machine says Wednesday.
    expect(await run()).toMatchObject({ effective_date: '2026-12-01' });
    expect(await usd('rates/USD?date=2026-11-27')).toMatchObject({ code: 'rates.not_loaded' });
    clock.set('2026-12-01T09:00:00Z');
    const events = (await new Rows(kurs).events()).length;
    await run();
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
    expect(await usd('rates/USD?date=2026-11-27')).toMatchObject({ value: '77.0000' });
    expect(await usd('rates/USD?date=2026-11-30')).toMatchObject({
      ...{ value: '78.0000', carried: true },
    });
    expect(await new Rows(kurs).events()).toHaveLength(events);
    bank.questions.length = 0;
    await run();
    expect(bank.questions).toEqual([null]);
  });
});
