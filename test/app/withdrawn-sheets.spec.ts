import { toCalendarDate } from '../../src/common/calendar-date.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { databases, isRepeated } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Run {
  status?: string;
  code?: string;
  message?: string;
  saved: number;
}

describe.each(databases)('a withdrawn sheet on $engine', ({ engine }) => {
  const fixture = withKurs({ engine, clock: '2026-11-30T09:00:00Z', starts: false });
  const { bank, kurs, clock } = fixture;
  const rows = new Rows(kurs);

  const start = () => fixture.start();
  const publish = (day: string, usd: string, ...others: Valute[]) =>
    bank.publish(sheetXml(day.split('-').reverse().join('.'), [at(USD, usd), ...others]));
  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const minutesLater = (minutes: number) =>
    clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString());
  const usd = (query: string) => getJson<object>(`${kurs.url}/v1/rates/USD?${query}`);
  const sheet = (day: string) => getJson<object>(`${kurs.url}/v1/sheets/${day}`);
  const withdraw = (day: string, body: object = { reason: 'A wrong date' }) =>
    getJson<object>(`${kurs.url}/v1/sheets/${day}/withdraw`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const eventsAfter = async (count: number) =>
    (await rows.events()).slice(count).map(({ payload }) => JSON.parse(payload) as object);

  /** The bank has the sheets of 28.11 and 01.12, and one dated far ahead. */
  const withFarAheadSheet = async () => {
    publish('2026-11-28', '74,0000', EUR);
    publish('2026-12-13', '79,0000', EUR);
    await start();
    bank.withdraw('2026-12-13');
    publish('2026-12-01', '75,0000', EUR);
  };

  it('is one that the bank denies twice, ten minutes apart; runs succeed in between', async () => {
    await withFarAheadSheet();
    const events = (await rows.events()).length;
    expect(await run()).toMatchObject({ status: 'success', saved: 1 });
    expect(await usd('date=2026-12-13')).toMatchObject({ value: '79.0000' });
    minutesLater(9);
    await run();
    expect(await usd('date=latest')).toMatchObject({ value: '79.0000' });
    minutesLater(1);
    const before = clock.now();
    expect(await run()).toMatchObject({ status: 'success' });
    expect(await usd('date=latest')).toMatchObject({
      ...{ value: '75.0000', effective_date: '2026-12-01' },
    });
    expect(await eventsAfter(events)).toMatchObject([
      { event: 'rate_updated', code: 'USD', value: 75 },
      { event: 'rate_deleted', code: 'EUR', effective_date: '2026-12-13' },
      { event: 'rate_deleted', code: 'USD', effective_date: '2026-12-13', value: 79 },
    ]);
    expect((await rows.revisions()).map(({ reason }) => reason)).toEqual([
      ...['withdrawn', 'withdrawn'],
    ]);
    expect(await sheet('2026-12-13')).toMatchObject({ withdrawn: { cause: 'bank' } });
    // as_of still answers what was known before.
    const asOf = new Date(before.getTime() - 60_000).toISOString();
    expect(await usd(`date=2026-12-13&as_of=${asOf}`)).toMatchObject({ value: '79.0000' });
  });

  it('is recorded again, with events, when the bank publishes it again', async () => {
    await withFarAheadSheet();
    await run();
    minutesLater(10);
    await run();
    const events = (await rows.events()).length;
    publish('2026-12-13', '79,0000', EUR);
    minutesLater(10);
    expect(await run()).toMatchObject({ saved: 2 });
    expect(await usd('date=2026-12-13')).toMatchObject({ value: '79.0000', carried: false });
    expect(await eventsAfter(events)).toMatchObject([
      { event: 'rate_updated', code: 'USD', value: 79, previous_value: 75 },
      { event: 'rate_updated', code: 'EUR' },
    ]);
    expect(await sheet('2026-12-13')).toMatchObject({ withdrawn: null });
  });

  it('stays withdrawn after a manual withdrawal, until the bank sends other values', async () => {
    publish('2026-11-28', '74,0000', EUR);
    publish('2026-12-01', '79,0000', EUR);
    await start();
    expect(await withdraw('2026-12-01')).toMatchObject({ date: '2026-12-01', withdrawn: 2 });
    expect(await withdraw('2026-12-01')).toMatchObject({ code: 'rates.already_withdrawn' });
    expect(await usd('date=latest')).toMatchObject({ value: '74.0000' });
    minutesLater(20);
    expect(await run()).toMatchObject({ status: 'success', saved: 0 });
    expect(await usd('date=latest')).toMatchObject({ value: '74.0000' });
    publish('2026-12-01', '74,5000', EUR);
    expect(await run()).toMatchObject({ saved: 2 });
    expect(await usd('date=2026-12-01')).toMatchObject({ value: '74.5000', carried: false });
    expect(await sheet('2026-12-01')).toMatchObject({ withdrawn: null });
  });

  it('returns with the bank’s history, unless exactly these values were withdrawn manually', async () => {
    clock.set('2026-11-27T09:00:00Z');
    publish('2026-11-27', '74,0000', EUR);
    await start();
    clock.set('2026-11-30T09:00:00Z');
    publish('2026-11-28', '79,0000', EUR);
    publish('2026-12-01', '75,0000', EUR);
    await run();
    await withdraw('2026-11-28');
    const on = toCalendarDate('2026-11-28');
    const loaded = (value: string) => {
      const records = [{ cbr_id: USD.id, nominal: 1, value, effective_date: on }];
      const bytes = Buffer.from(value);
      const document = { kind: 'dynamic' as const, bytes, fetched_at: clock.now() };
      const covered = { from: on, to: on };
      const history = { cbr_id: USD.id, covered, records, document };
      return kurs.get(HistoryRecorder).record(history, () => Promise.resolve());
    };
    await loaded('79.0000');
    expect(await usd('date=2026-11-28')).toMatchObject({ value: '74.0000', carried: true });
    await loaded('74.2500');
    expect(await usd('date=2026-11-28')).toMatchObject({ value: '74.2500', carried: false });
  });

  it('keeps manual edits of its values', async () => {
    publish('2026-11-28', '74,0000', EUR);
    publish('2026-12-01', '79,0000', EUR);
    await start();
    const edited = (await rows.rates()).find(
      ({ code, effective_date }) => code === 'USD' && effective_date === '2026-12-01',
    );
    const path = `${kurs.url}/rates/update?rate_id=${edited?.id}`;
    const body = JSON.stringify({ value: '76.0000' });
    await getJson(path, {
      ...{ method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body },
    });
    await withdraw('2026-12-01');
    clock.set('2026-12-01T09:00:00Z');
    expect(await usd('date=2026-12-01&source=all')).toMatchObject({ value: '76.0000' });
    expect(await usd('date=2026-12-01')).toMatchObject({ value: '74.0000', carried: true });
  });

  if (isRepeated(engine)) return;

  it('is replaced by the previous fixing, which is carried', async () => {
    await withFarAheadSheet();
    await run();
    minutesLater(10);
    await run();
    clock.set('2026-12-13T09:00:00Z');
    publish('2026-12-12', '75,4012', EUR);
    expect(await run()).toMatchObject({ status: 'success' });
    for (const day of ['2026-12-13', '2026-12-14']) {
      expect(await usd(`date=${day}`)).toMatchObject({
        ...{ value: '75.4012', effective_date: '2026-12-12', carried: true },
      });
    }
  });

  it('is denied only by complete answers, and not by one too soon after a restart', async () => {
    await withFarAheadSheet();
    bank.misbehave((request, response) => {
      if (request.url?.includes('13%2F12%2F2026') || request.url?.includes('13/12/2026')) {
        response.writeHead(500).end();
      } else bank.answerAsUsual(request, response);
    });
    for (const minutes of [0, 10, 10]) {
      minutesLater(minutes);
      await run();
    }
    expect(await usd('date=2026-12-13')).toMatchObject({ value: '79.0000' });
    bank.misbehave();
    await run();
    await start();
    minutesLater(9);
    await run();
    expect(await usd('date=2026-12-13')).toMatchObject({ value: '79.0000' });
    minutesLater(1);
    await run();
    expect(await usd('date=latest')).toMatchObject({ value: '75.0000' });
  });

  it('is not denied if the bank sends it again in between', async () => {
    await withFarAheadSheet();
    await run();
    publish('2026-12-13', '79,0000', EUR);
    minutesLater(5);
    await run();
    bank.withdraw('2026-12-13');
    minutesLater(5);
    await run();
    expect(await usd('date=2026-12-13')).toMatchObject({ value: '79.0000' });
  });

  it('must be stored, and needs a reason to be withdrawn', async () => {
    publish('2026-11-28', '74,0000', EUR);
    await start();
    expect(await withdraw('2026-11-27')).toMatchObject({ status: 404, code: 'rates.no_sheet' });
    expect(await withdraw('2026-11-28', {})).toMatchObject({ status: 422 });
    expect(await withdraw('2026-11-28', { reason: '' })).toMatchObject({ status: 422 });
  });

  it('is no longer in force if it is today’s and the bank has only the previous one', async () => {
    publish('2026-11-28', '74,0000', EUR);
    bank.publish(encode1251(sheetXml('30.11.2026', [at(USD, '79,0000'), EUR])));
    await start();
    expect(await usd('')).toMatchObject({ value: '79.0000' });
    bank.withdraw('2026-11-30');
    await run();
    minutesLater(10);
    await run();
    expect(await usd('')).toMatchObject({ value: '74.0000', carried: true });
  });
});
