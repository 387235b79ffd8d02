import type { ServerResponse } from 'node:http';
import { databases, isRepeated } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { day, type Run, send, type Status, withMissingDays } from '../support/missing-days.js';
import { at, sheetXml, USD } from '../support/sheet-builder.js';

const REFUSAL =
  '<?xml version="1.0" encoding="windows-1251" ?><ValCurs>Error in parameters</ValCurs>';
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

describe.each(databases)('a day whose sheet is unavailable on $engine', ({ engine }) => {
  const { bank, kurs, clock, start, publish, spoil, run, status, missing, usd, untilSaturday } =
    withMissingDays(engine);

  it('is not missing when its sheet has lost too many currencies: that sheet is held, and blocks no other day', async () => {
    await start({ CBR_MAX_SHRINK_PERCENT: '40' });
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
});
