import { toCalendarDate } from '../../src/common/calendar-date.js';
import { RatesExportService } from '../../src/rates/reading/rates-export.service.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { databases, isRepeated } from '../support/databases.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Held {
  id: number;
  code: string;
  value: string;
  effective_date: string;
  previous_value: string;
  previous_date: string;
  change_percent: string;
  state: string;
  held_at: string;
  decided_by: string | null;
}
interface Verdict {
  decided: Held[];
  released: Held[];
  saved: number;
}
interface Run {
  saved: number;
  unchanged: number;
  quarantined: number;
}

const TRY: Valute = {
  ...{ id: 'R01700J', num: '949', code: 'TRY', name: 'Турецких лир' },
  ...{ nominal: 10, value: '93,0000' },
};

describe.each(databases)('the quarantine on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('16.12.2014', [at(USD, '58,3461'), at(EUR, '72,6600'), TRY])],
    clock: '2014-12-16T13:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '20' },
  });
  const rows = new Rows(kurs);

  beforeEach(async () => {
    await run();
  });

  const publish = (date: string, ...valutes: Valute[]) => bank.publish(sheetXml(date, valutes));
  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const listed = (query = '') => getJson<Held[]>(`${kurs.url}/v1/quarantine${query}`);
  const decide = (id: number, word: string) =>
    fetch(`${kurs.url}/v1/quarantine/${id}/${word}`, { method: 'POST' });
  const verdict = async (id: number, word: string) =>
    (await (await decide(id, word)).json()) as Verdict;
  const rate = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1/rates/${path}`);
    const body = (await response.json()) as { value: string; carried: boolean };
    return { ...body, held: response.headers.get('kurs-quarantined') };
  };
  /** Loads one fixing as a backfill does. */
  const history = (value: string, date: string, cbr_id = 'R01235') => {
    const covered = { from: toCalendarDate(date), to: toCalendarDate(date) };
    const records = [{ cbr_id, nominal: 1, value, effective_date: covered.from }];
    const bytes = Buffer.from(`${cbr_id} ${value}`);
    const document = { kind: 'dynamic' as const, bytes, fetched_at: clock.now() };
    const service = kurs.get(HistoryRecorder);
    return service.record({ cbr_id, covered, records, document }, () => Promise.resolve());
  };
  const lastEvents = async (count: number) =>
    (await rows.events()).slice(-count).map(({ payload }) => JSON.parse(payload) as object);
  const eventCount = async () => (await rows.events()).length;
  const day = async (date: string, ...valutes: Valute[]) => {
    clock.set(`${date}T09:00:00Z`);
    publish(date.split('-').reverse().join('.'), ...valutes);
    return run();
  };

  it('holds a value that moved too far, and records the rest of the sheet', async () => {
    const events = await eventCount();
    const ran = await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    expect(ran).toMatchObject({ saved: 1, unchanged: 1, quarantined: 1 });
    expect(await eventCount()).toBe(events + 1);
    expect(await listed()).toMatchObject([
      {
        ...{ code: 'USD', value: '93.0000', effective_date: '2014-12-17', state: 'pending' },
        ...{ previous_value: '58.3461', previous_date: '2014-12-16', change_percent: '59.3937' },
      },
    ]);
  });

  it('records an accepted item as a fetch would have, with its event', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    const [held] = await listed();
    const before = new Date('2014-12-17T10:00:00Z');
    clock.set('2014-12-17T11:00:00Z');
    const etag = (await fetch(`${kurs.url}/v1/rates/USD`)).headers.get('etag');
    expect(await verdict(held?.id ?? 0, 'accept')).toMatchObject({
      ...{ decided: [{ state: 'accepted', decided_by: null }], released: [], saved: 1 },
    });
    expect(await lastEvents(1)).toMatchObject([
      {
        ...{ event: 'rate_updated', code: 'USD', value: 93, previous_value: 58.3461 },
        ...{ effective_date: '2014-12-17', source: 'cbr' },
      },
    ]);
    expect(await rate('USD')).toMatchObject({ value: '93.0000', carried: false, held: null });
    expect((await fetch(`${kurs.url}/v1/rates/USD`)).headers.get('etag')).not.toBe(etag);
    const asOf = `USD?date=2014-12-17&as_of=${before.toISOString()}`;
    expect(await rate(asOf)).toMatchObject({ value: '58.3461', carried: true, held: 'USD' });
    expect(await listed()).toEqual([]);
    expect(await run()).toMatchObject({ saved: 0, quarantined: 0 });
    expect(await verdict(held?.id ?? 0, 'accept')).toMatchObject({ saved: 0, released: [] });
    expect((await decide(held?.id ?? 0, 'reject')).status).toBe(409);
  });

  it('excludes a rejected value, however often the bank repeats it, until the bank changes it', async () => {
    const sheet = [at(USD, '93,0000'), at(EUR, '76,1500'), TRY];
    await day('2014-12-17', ...sheet);
    const [held] = await listed();
    expect(await verdict(held?.id ?? 0, 'reject')).toMatchObject({ saved: 0 });
    // It is no longer held.
    expect(await run()).toMatchObject({ saved: 0, unchanged: 2, quarantined: 0 });
    expect(await listed()).toEqual([]);
    expect(await listed('?state=rejected')).toHaveLength(1);
    expect(await rate('USD')).toMatchObject({ value: '58.3461', held: 'USD' });
    const corrected = await day('2014-12-17', at(USD, '61,1512'), at(EUR, '76,1500'), TRY);
    expect(corrected).toMatchObject({ saved: 1, quarantined: 0 });
    expect(await rate('USD')).toMatchObject({ value: '61.1512', carried: false });
    expect(await listed('?state=withdrawn')).toMatchObject([{ id: held?.id, decided_by: null }]);
    expect((await decide(held?.id ?? 0, 'accept')).status).toBe(409);
    expect(await rate('USD/history?from=2014-12-17')).toMatchObject({ held: null });
    // A value that returns after another one is checked again.
    expect(await day('2014-12-17', ...sheet)).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await listed()).toMatchObject([{ value: '93.0000', previous_value: '61.1512' }]);
  });

  it('does not block history, which settles held items', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '99,0000'), TRY);
    await day('2014-12-18', at(USD, '93,0000'), at(EUR, '98,0000'), TRY);
    expect(await history('93.0000', '2014-12-17')).toMatchObject({ added: 1 });
    expect((await listed('?state=accepted')).map(({ code }) => code)).toEqual(['USD']);
    expect(await history('99.5000', '2014-12-17', 'R01239')).toMatchObject({ added: 1 });
    expect((await listed('?state=withdrawn')).map(({ code }) => code)).toEqual(['EUR']);
    expect(await rate('USD?date=2014-12-17')).toMatchObject({ value: '93.0000', held: null });
  });

  it('withdraws a value that the bank has replaced, and checks the new one', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    await day('2014-12-17', at(USD, '99,0000'), at(EUR, '76,1500'), TRY);
    expect((await listed('?state=all')).map(({ value, state }) => [value, state])).toEqual([
      ['99.0000', 'pending'],
      ['93.0000', 'withdrawn'],
    ]);
    await day('2014-12-17', at(USD, '61,1512'), at(EUR, '76,1500'), TRY);
    expect(await listed()).toEqual([]);
    expect(await rate('USD')).toMatchObject({ value: '61.1512', carried: false, held: null });
  });

  it('is emptied by one call after days of turmoil', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '99,0000'), TRY);
    await day('2014-12-18', at(USD, '99,7851'), at(EUR, '101,0000'), TRY);
    await day('2014-12-19', at(USD, '97,6029'), at(EUR, '102,0000'), TRY);
    const held = await listed();
    expect(held).toHaveLength(6);
    expect(await listed('?limit=2')).toEqual(held.slice(0, 2));
    expect(await listed(`?before=${held[1]?.id}&limit=3`)).toEqual(held.slice(2, 5));
    const first = held.find(
      ({ effective_date, code }) => `${effective_date}${code}` === '2014-12-17USD',
    );
    const ended = await verdict(first?.id ?? 0, 'accept?whole_sheet=true');
    expect(ended).toMatchObject({ saved: 6 });
    expect([ended.decided.length, ended.released.length]).toEqual([2, 4]);
    const usd = (await lastEvents(6)).filter((event) => 'code' in event && event.code === 'USD');
    expect(usd).toMatchObject([
      { value: 93, previous_value: 58.3461, effective_date: '2014-12-17' },
      { value: 99.7851, previous_value: 93, effective_date: '2014-12-18' },
      { value: 97.6029, previous_value: 99.7851, effective_date: '2014-12-19' },
    ]);
    expect(await listed()).toEqual([]);
    expect(await rate('USD')).toMatchObject({ value: '97.6029', carried: false });
  });

  it('is consistent under concurrent decisions and fetches', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    const [held] = await listed();
    const words = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? 'accept' : 'reject'));
    const answers = await Promise.all([
      ...words.map(async (word) => (await decide(held?.id ?? 0, word)).status),
      run().then(({ saved }) => 200 + saved),
    ]);
    expect(answers.every((status) => [200, 409].includes(status))).toBe(true);
    const [decided] = await listed('?state=all');
    const recorded = (await rate('USD')).value === '93.0000';
    expect(recorded).toBe(decided?.state === 'accepted');
    const events = (await rows.events()).filter(({ payload }) => payload.includes('"USD"'));
    expect(events).toHaveLength(recorded ? 2 : 1);
  });

  if (isRepeated(engine)) return;

  it('leaves the last good fixing in force, and reports it on every route', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    const good = { value: '58.3461', effective_date: '2014-12-16', carried: true, held: 'USD' };
    expect(await rate('USD')).toMatchObject(good);
    expect(await rate('USD?date=2014-12-17&source=all')).toMatchObject(good);
    expect(await rate('EUR')).toMatchObject({ value: '76.1500', carried: false, held: null });
    expect(await rate('EUR?quote=USD')).toMatchObject({ held: 'USD' });
    const converted = await fetch(`${kurs.url}/v1/convert?amount=100&from=USD&to=RUB`);
    expect(converted.headers.get('kurs-quarantined')).toBe('USD');
    expect(await converted.json()).toMatchObject({ rounded: '5834.61' });
    const listing = await fetch(`${kurs.url}/v1/rates`);
    expect(listing.headers.get('kurs-quarantined')).toBe('USD');
    expect(listing.headers.get('cache-control')).not.toContain('86400');
    const codes = ((await listing.json()) as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['EUR', 'TRY', 'USD']);
    const days = await fetch(`${kurs.url}/v1/rates/USD/history?from=2014-12-16&fill=calendar`);
    expect(days.headers.get('kurs-quarantined')).toBe('USD');
    expect(await days.json()).toMatchObject([
      { carried: false },
      good.carried && { carried: true },
    ]);
    const cross = await getJson<object[]>(
      `${kurs.url}/v1/rates/EUR/history?from=2014-12-17&quote=USD`,
    );
    expect(cross).toHaveLength(1);
    const original = await getJson<RateBody[]>(`${kurs.url}/rates/get/USD`);
    expect(original.map(({ value }) => value)).toEqual([58.3461]);
  });

  it('names codes in order, except those with a manual rate', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    await day('2014-12-18', at(USD, '93,0000'), at(EUR, '99,0000'), TRY);
    const heldIn = async (path: string) =>
      (await fetch(`${kurs.url}/v1/${path}`)).headers.get('kurs-quarantined');
    // The euro was set later than the dollar.
    expect(await heldIn('rates')).toBe('EUR,USD');
    expect(await heldIn('rates?from=2014-12-17')).toBe('EUR,USD');
    expect(await heldIn('rates/TRY/history')).toBeNull();
    const own = { code: 'USD', name: 'Доллар', value: '60', effective_date: '2014-12-17' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', own));
    expect(await heldIn('rates')).toBe('EUR,USD');
    expect(await heldIn('rates?source=all')).toBe('EUR');
    for (const path of ['rates', 'rates/USD', 'rates/USD/history']) {
      expect([path, await heldIn(`${path}?source=manual`)]).toEqual([path, null]);
    }
    // The carried dollar has another rate in euros from the day on which the euro was set.
    const inEuros = await getJson<{ rate: string; effective_date: string }[]>(
      `${kurs.url}/v1/rates/USD/history?from=2014-12-17&quote=EUR`,
    );
    expect(inEuros).toMatchObject([
      { rate: '0.7661996060407091267235718976', effective_date: '2014-12-17' },
    ]);
    const wanted = { from: undefined, to: undefined, codes: undefined, source: 'cbr' as const };
    expect(kurs.get(RatesExportService).open(wanted).missing).toEqual([
      'Held in quarantine (/v1/quarantine): EUR, USD',
    ]);
    const [eur] = await listed();
    expect(eur).toMatchObject({ code: 'EUR', held_at: '2014-12-18T09:00:00.000Z' });
    const rejected = await verdict(eur?.id ?? 0, 'reject?whole_sheet=true');
    expect(rejected.decided.map(({ code, state }) => `${code} ${state}`).sort()).toEqual([
      ...['EUR rejected', 'USD rejected'],
    ]);
    expect((await listed()).map(({ effective_date }) => effective_date)).toEqual(['2014-12-17']);
  });

  it('still ends a currency that is missing from a later sheet', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    await day('2014-12-18', at(EUR, '76,1500'), TRY);
    const response = await fetch(`${kurs.url}/v1/rates/USD`);
    expect((await response.json()) as ProblemBody).toMatchObject({ code: 'rates.not_set' });
    // A sheet with a held dollar is a sheet: the lira that it leaves out is not carried.
    await day('2014-12-19', at(USD, '93,0000'), at(EUR, '76,1500'));
    const lira = `${kurs.url}/v1/rates/TRY/history?from=2014-12-17&fill=calendar`;
    expect(await getJson(lira)).toMatchObject([
      { requested_date: '2014-12-17' },
      { requested_date: '2014-12-18' },
    ]);
  });

  it('excludes a rejected value repeated by history, until history changes it', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    const [held] = await listed();
    await decide(held?.id ?? 0, 'reject');
    await day('2014-12-18', at(USD, '61,0000'), at(EUR, '76,1500'), TRY);
    expect(await history('93.0', '2014-12-17')).toMatchObject({ added: 0 });
    expect(await listed('?state=rejected')).toHaveLength(1);
    const carried = { value: '58.3461', carried: true, held: 'USD' };
    expect(await rate('USD?date=2014-12-17')).toMatchObject(carried);
    expect(await history('61.1512', '2014-12-17')).toMatchObject({ added: 1 });
    expect((await listed('?state=withdrawn')).map(({ id }) => id)).toEqual([held?.id]);
    expect(await rate('USD?date=2014-12-17')).toMatchObject({ value: '61.1512', held: null });
  });

  it('excludes a rejected value even if it is no jump any more', async () => {
    await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    const [held] = await listed();
    await decide(held?.id ?? 0, 'reject');
    await history('90.0000', '2014-12-16');
    const ran = await day('2014-12-17', at(USD, '93,0000'), at(EUR, '76,1500'), TRY);
    expect(ran).toMatchObject({ saved: 0, quarantined: 0 });
    // A rejection can be reversed.
    expect(await verdict(held?.id ?? 0, 'accept')).toMatchObject({ saved: 1 });
    expect(await rate('USD')).toMatchObject({ value: '93.0000', carried: false });
  });

  it('ignores a change of the nominal, but not a jump with one', async () => {
    const ran = await day(
      '2014-12-17',
      at(USD, '59,0000'),
      at(EUR, '72,6600'),
      at(TRY, '9,3000', 1),
    );
    expect(ran).toMatchObject({ quarantined: 0, saved: 1, unchanged: 2 });
    await day('2014-12-18', at(USD, '59,0000'), at(EUR, '72,6600'), at(TRY, '9,3000', 10));
    expect(await listed()).toMatchObject([{ code: 'TRY', change_percent: '-90.0000' }]);
  });

  it('holds a correction that moves too far, and keeps the value that it would replace', async () => {
    const ran = await day('2014-12-16', at(USD, '5834,6100'), at(EUR, '72,6600'), TRY);
    expect(ran).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await rate('USD')).toMatchObject({ value: '58.3461', carried: false });
    const [held] = await listed();
    expect(held).toMatchObject({ previous_date: '2014-12-16', previous_value: '58.3461' });
    expect(await verdict(held?.id ?? 0, 'accept')).toMatchObject({ saved: 1 });
    const revisions = await getJson<object[]>(`${kurs.url}/v1/rates/USD/revisions`);
    expect(revisions).toMatchObject([{ reason: 'correction', value: '58.3461' }]);
  });

  it('compares with the bank’s values, not with manual edits', async () => {
    const [usd] = await getJson<RateBody[]>(`${kurs.url}/rates/get/USD`);
    const edit = withBody('PATCH', { value: '1000' });
    await fetch(`${kurs.url}/rates/update?rate_id=${usd?.id}`, edit);
    const ran = await day('2014-12-17', at(USD, '61,1512'), at(EUR, '72,6600'), TRY);
    expect(ran).toMatchObject({ quarantined: 0, saved: 1 });
    const next = await day('2014-12-18', at(USD, '1000,0000'), at(EUR, '72,6600'), TRY);
    expect(next).toMatchObject({ quarantined: 1 });
  });

  it('reports unknown items and states', async () => {
    expect((await decide(999, 'accept')).status).toBe(404);
    expect((await fetch(`${kurs.url}/v1/quarantine?state=lost`)).status).toBe(422);
    expect((await decide(1, 'accept?whole_sheet=perhaps')).status).toBe(422);
  });
});
