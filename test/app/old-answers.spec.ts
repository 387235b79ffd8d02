import { toCalendarDate } from '../../src/common/calendar-date.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const TODAY = '2026-04-24';
const NOT_LOADED = { code: 'rates.not_loaded' };

/** Without a date, the bank sends a sheet of another day than its newest one. */
describe('an answer of the wrong day', () => {
  const fixture = withKurs({ clock: `${TODAY}T09:00:00Z`, starts: false });
  const { bank, kurs, clock } = fixture;
  const rows = new Rows(kurs);

  const start = () => fixture.start();
  const on = (day: string) => clock.set(`${day}T09:00:00Z`);
  const sheet = (day: string, usd: string) =>
    sheetXml(day.split('-').reverse().join('.'), [at(USD, usd), EUR]);
  const publish = (day: string, usd: string) => bank.publish(sheet(day, usd));
  /** Sent as the newest; a request for a day is answered as usual. */
  const send = (day: string, usd: string) =>
    bank.misbehave((request, response) => {
      if (request.url?.includes('date_req')) bank.answerAsUsual(request, response);
      else response.end(encode1251(sheet(day, usd)));
    });
  const run = () => getJson<{ code?: string }>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const usd = (day: string) => getJson<object>(`${kurs.url}/v1/rates/USD?date=${day}`);
  const lastEvent = async () =>
    JSON.parse((await rows.events()).at(-1)?.payload ?? '{}') as Record<string, unknown>;

  it('that is years old proves nothing for the years since', async () => {
    send('2016-08-23', '64,2078');
    await start();
    expect(await usd('2016-08-23')).toMatchObject({ value: '64.2078', carried: false });
    // A Wednesday with a sheet of its own, which was not requested.
    expect(await usd('2016-08-24')).toMatchObject(NOT_LOADED);
    expect(await usd(TODAY)).toMatchObject({ effective_date: '2016-08-23', carried: true });
    bank.misbehave();
    publish('2016-08-23', '64,2078');
    publish(TODAY, '75,5273');
    await run();
    expect(await usd('2018-05-01')).toMatchObject(NOT_LOADED);
    expect(await usd(TODAY)).toMatchObject({ value: '75.5273', carried: false });
  });

  it('that is known, and too old to be in force, proves nothing for the days since', async () => {
    on('2026-02-10');
    publish('2026-02-10', '77,0000');
    await start();
    on(TODAY);
    await run();
    expect(await usd('2026-02-11')).toMatchObject(NOT_LOADED);
    for (const day of ['2026-02-11', '2026-03-23', '2026-04-07', TODAY]) publish(day, '75,5273');
    await run();
    expect(await usd('2026-02-11')).toMatchObject(NOT_LOADED);
    expect(await usd('2026-04-07')).toMatchObject({ value: '75.5273', carried: false });
  });

  it('that was never seen is stale once a later one is in force', async () => {
    publish('2026-04-22', '75,0000');
    publish(TODAY, '75,5273');
    await start();
    const before = [await rows.documents(), await rows.rates(), await rows.events()];
    send('2026-02-10', '77,0000');
    expect(await run()).toMatchObject({ code: 'cbr.stale_sheet' });
    expect([await rows.documents(), await rows.rates(), await rows.events()]).toEqual(before);
    expect(await usd('2026-02-10')).toMatchObject(NOT_LOADED);
  });

  it('emits no events for currencies of which its day was not loaded', async () => {
    publish(TODAY, '75,5273');
    await start();
    const day = toCalendarDate('2026-02-10');
    const record = { cbr_id: USD.id, nominal: 1, value: '77.0000', effective_date: day };
    const document = {
      kind: 'dynamic' as const,
      bytes: Buffer.from('77'),
      fetched_at: clock.now(),
    };
    const history = {
      cbr_id: USD.id,
      covered: { from: day, to: day },
      records: [record],
      document,
    };
    await kurs.get(HistoryRecorder).record(history, () => Promise.resolve());
    send(day, '77,0000');
    expect(await run()).toMatchObject({ code: 'cbr.stale_sheet' });
    send(day, '77,0001');
    expect(await run()).toMatchObject({ saved: 1 });
  });

  it('that corrects an old day affects that day only', async () => {
    on('2026-02-10');
    publish('2026-02-10', '77,0000');
    await start();
    on(TODAY);
    publish(TODAY, '75,5273');
    await run();
    send('2026-02-10', '77,0001');
    expect(await run()).toMatchObject({ saved: 1 });
    expect(await usd('2026-02-10')).toMatchObject({ value: '77.0001', carried: false });
    expect(await usd('2026-02-11')).toMatchObject(NOT_LOADED);
  });

  it('that is dated too far ahead suppresses no event of the days before', async () => {
    publish(TODAY, '75,0000');
    await start();
    publish('2026-05-08', '75,2000');
    expect(await run()).toMatchObject({ saved: 1 });

    send('2026-04-25', '80,0000');
    expect(await run()).toMatchObject({ saved: 1, effective_date: '2026-04-25' });
    expect(await lastEvent()).toMatchObject({
      ...{ event: 'rate_updated', code: 'USD', effective_date: '2026-04-25' },
      ...{ value: 80, previous_value: 75 },
    });
    // Created now, not when its day begins.
    expect((await rows.rates()).at(-1)).toMatchObject({ created_at: clock.now() });
    expect(await usd('2026-04-25')).toMatchObject({ value: '80.0000', carried: false });
    // The same sheet again is stale, because a later one is known.
    expect(await run()).toMatchObject({ code: 'cbr.stale_sheet' });

    on('2026-04-27');
    send(TODAY, '75,0000');
    expect(await run()).toMatchObject({ code: 'cbr.stale_sheet' });
    send('2026-04-23', '74,0000');
    expect(await run()).toMatchObject({ code: 'cbr.stale_sheet' });
    send('2026-04-28', '81,0000');
    expect(await run()).toMatchObject({ saved: 1 });
    // Asked for the days between, the bank contradicts itself: they are not loaded.
    expect(await lastEvent()).toMatchObject({ value: 81, previous_value: null });

    on('2026-05-07');
    send('2026-05-08', '82,0000');
    expect(await run()).toMatchObject({ saved: 1 });
    expect(await lastEvent()).toMatchObject({ value: 82, previous_value: 75.2 });
  });

  it('that was dated too far ahead hides no missed day before it', async () => {
    publish(TODAY, '75,0000');
    await start();
    publish('2026-05-01', '75,2000');
    await run();
    // Future days were not requested, whatever the bank answers today.
    expect(await usd('2026-04-29')).toMatchObject(NOT_LOADED);

    bank.withdraw('2026-05-01');
    publish('2026-04-25', '80,0000');
    expect(await run()).toMatchObject({ saved: 1 });
    // The service is off while two sheets are published.
    on('2026-04-29');
    publish('2026-04-28', '81,0000');
    publish('2026-04-29', '82,0000');
    publish('2026-04-30', '83,0000');
    expect(await run()).toMatchObject({ saved: 3, effective_date: '2026-04-30' });
    expect(await usd('2026-04-28')).toMatchObject({ value: '81.0000', carried: false });
    expect(await usd('2026-04-29')).toMatchObject({ value: '82.0000', carried: false });
    const told = (await rows.events())
      .slice(-3)
      .map(({ payload }) => JSON.parse(payload) as object);
    expect(told).toMatchObject([
      { value: 81, previous_value: 80 },
      { value: 82, previous_value: 81 },
      { value: 83, previous_value: 82 },
    ]);
  });

  it('that is still the newest, dated too far ahead, hides none of the days missed until then', async () => {
    publish(TODAY, '75,0000');
    await start();
    publish('2026-05-01', '75,2000');
    await run();
    // The service is off until the day before it.
    on('2026-04-30');
    publish('2026-04-28', '81,0000');
    publish('2026-04-30', '82,0000');
    expect(await run()).toMatchObject({ saved: 2, effective_date: '2026-05-01' });
    expect(await usd('2026-04-27')).toMatchObject({ value: '75.0000', carried: true });
    expect(await usd('2026-04-29')).toMatchObject({ value: '81.0000', carried: true });
    expect(await usd('2026-04-30')).toMatchObject({ value: '82.0000', carried: false });
  });
});
