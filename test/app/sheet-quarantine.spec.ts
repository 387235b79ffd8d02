import { databases, isRepeated } from '../support/databases.js';
import { ALL, GONE, sheetOf, STAYED } from '../support/euro-sheets.js';
import { getJson, type ProblemBody, type RateBody } from '../support/json.js';
import { QuarantineClient, type RunBody, type VerdictBody } from '../support/quarantine-client.js';
import { Rows } from '../support/rows.js';
import { withKurs } from '../support/with-kurs.js';

describe.each(databases)('a sheet that has lost too many currencies on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [sheetOf('2001-12-28', ALL)],
    clock: '2001-12-29T09:00:00Z',
    settings: { CBR_MAX_SHRINK_PERCENT: '20', JUMP_LIMIT_PERCENT: '80' },
  });
  const { bank, kurs, clock } = fixture;

  beforeEach(() => day('2001-12-29', sheetOf('2001-12-29', ALL)));

  const start = () => fixture.start();
  const client = new QuarantineClient(() => kurs.url);
  const day = async (date: string, document?: string) => {
    clock.set(`${date}T09:00:00Z`);
    if (document !== undefined) bank.publish(document);
    return client.run();
  };
  const events = async () =>
    (await new Rows(kurs).events()).map(
      ({ payload }) => JSON.parse(payload) as { code: string; effective_date: string },
    );
  const euro = (values?: Record<string, string>) => sheetOf('2002-01-01', STAYED, values);

  it('is recorded with its events when accepted; what it lacks is not set from its date on', async () => {
    await day('2002-01-01', euro({ USD: '11,0000', CHF: '9,0000' }));
    const before = (await events()).length;
    clock.set('2002-01-01T11:00:00Z');
    const accepted = await client.verdict('accept');
    expect(accepted).toMatchObject({ saved: 2, released: [] });
    expect(accepted.decided).toMatchObject([
      { kind: 'sheet', state: 'accepted', dates: ['2002-01-01'], currencies: 17 },
    ]);
    expect((await events()).slice(before)).toMatchObject([
      { event: 'rate_updated', code: 'CHF', effective_date: '2002-01-01', previous_value: 10 },
      { event: 'rate_updated', code: 'USD', effective_date: '2002-01-01', previous_value: 10 },
    ]);
    expect(await client.items()).toEqual([]);
    expect((await client.status()).bank).toMatchObject({
      quarantined: 0,
      oldest_quarantined_date: null,
    });
    expect(await client.rate('USD')).toMatchObject({
      value: '11.0000',
      carried: false,
      held: null,
    });
    const gone = { code: 'rates.not_set', last_date: '2001-12-29', held: null };
    expect(await client.rate('DEM')).toMatchObject(gone);
    expect(await client.listing()).toEqual({ codes: STAYED, carried: [], held: [] });
    const original = await getJson<RateBody[]>(`${kurs.url}/rates/get/USD`);
    expect(original[0]).toMatchObject({ value: 11, effective_date: '2002-01-01' });
    // as_of before the decision still answers the same.
    const asOf = 'date=2002-01-01&as_of=2002-01-01T10:00:00Z';
    expect(await client.rate(`USD?${asOf}`)).toMatchObject({ value: '10.0000', carried: true });
    expect(await client.rate(`DEM?${asOf}`)).toMatchObject({ carried: true, held: 'DEM' });
    expect((await client.listing(`?${asOf}`)).held).toEqual(ALL);
    const after = 'date=2002-01-01&as_of=2002-01-01T11:00:00Z';
    expect(await client.rate(`DEM?${after}`)).toMatchObject({ code: 'rates.not_set' });
    // The accepted sheet is the reference for the next ones.
    expect(await client.run()).toMatchObject({ saved: 0, unchanged: 17, quarantined: 0 });
    const next = await day('2002-01-04', sheetOf('2002-01-04', STAYED, { USD: '11,5000' }));
    expect(next).toMatchObject({ saved: 2, quarantined: 0, effective_date: '2002-01-04' });
    expect(await client.rate('DEM')).toMatchObject({ code: 'rates.not_set' });
    expect(await client.rate('DEM?date=2002-01-01')).toMatchObject({ code: 'rates.not_set' });
  });

  it('is grouped with the next sheets of the same currencies; one call decides all, also after a restart', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    await day('2002-01-04', sheetOf('2002-01-04', STAYED, { USD: '12,0000' }));
    await kurs.stop();
    await start();
    const third = await day('2002-01-05', sheetOf('2002-01-05', STAYED, { USD: '12,0000' }));
    expect(third).toMatchObject({ saved: 0, quarantined: 1 });
    expect(third.message).toContain('the sheets of 3 dates from 2002-01-01 to 2002-01-05 are held');
    const dates = ['2002-01-01', '2002-01-04', '2002-01-05'];
    expect(await client.items()).toMatchObject([
      { kind: 'sheet', effective_date: '2002-01-01', dates, currencies: 17, missing_codes: GONE },
    ]);
    expect((await client.status()).bank.quarantined).toBe(1);
    expect(await client.rate('DEM')).toMatchObject({ carried: true, effective_date: '2001-12-29' });
    expect((await client.listing()).held).toEqual(ALL);
    const before = (await events()).length;
    expect(await client.verdict('accept?whole_sheet=true')).toMatchObject({
      ...{ decided: [{ kind: 'sheet', state: 'accepted', dates }], released: [], saved: 2 },
    });
    expect((await events()).slice(before)).toMatchObject([
      { code: 'USD', effective_date: '2002-01-01', value: 11, previous_value: 10 },
      { code: 'USD', effective_date: '2002-01-04', value: 12, previous_value: 11 },
    ]);
    expect(await client.listing()).toEqual({ codes: STAYED, carried: [], held: [] });
    for (const date of dates) {
      expect(await client.rate(`USD?date=${date}`)).toMatchObject({ carried: false, held: null });
      expect(await client.rate(`DEM?date=${date}`)).toMatchObject({ code: 'rates.not_set' });
    }
  });

  it('stays excluded after a rejection, with the next ones of the same currencies, until the bank sends others', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    expect(await client.verdict('reject')).toMatchObject({
      decided: [{ state: 'rejected' }],
      saved: 0,
    });
    expect(await client.items()).toEqual([]);
    const repeated = await client.run();
    expect(repeated).toMatchObject({ saved: 0, quarantined: 0 });
    expect(repeated.message).toContain('the sheet of 2002-01-01 is kept out');
    const next = await day('2002-01-04', sheetOf('2002-01-04', STAYED, { USD: '12,0000' }));
    expect(next).toMatchObject({ saved: 0, quarantined: 0 });
    expect(await client.items('?state=rejected')).toMatchObject([
      { dates: ['2002-01-01', '2002-01-04'] },
    ]);
    expect(await client.rate('USD')).toMatchObject({
      value: '10.0000',
      carried: true,
      held: 'USD',
    });
    expect(await client.rate('DEM')).toMatchObject({
      value: '10.0000',
      carried: true,
      held: 'DEM',
    });
    // Another set of currencies is another item.
    const fewer = STAYED.slice(3);
    const other = await day('2002-01-05', sheetOf('2002-01-05', fewer));
    expect(other).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await client.items()).toMatchObject([
      { dates: ['2002-01-05'], previous_date: '2001-12-29', currencies: 14 },
    ]);
    // A good sheet is recorded; earlier decisions stay.
    const good = await day('2002-01-08', sheetOf('2002-01-08', ALL, { USD: '12,0000' }));
    expect(good).toMatchObject({ saved: 1, unchanged: 27, quarantined: 0 });
    expect((await client.items('?state=all')).map(({ state }) => state)).toEqual([
      'pending',
      'rejected',
    ]);
    expect(await client.listing()).toEqual({ codes: ALL, carried: [], held: [] });
    // After a good sheet the same set needs a new decision.
    await day('2002-01-09', sheetOf('2002-01-09', STAYED));
    expect(await client.items()).toMatchObject([
      { dates: ['2002-01-09'] },
      { dates: ['2002-01-05'] },
    ]);
  });

  it('is withdrawn when the bank publishes a good sheet for its date', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    await day('2002-01-04', sheetOf('2002-01-04', STAYED));
    bank.publish(sheetOf('2002-01-04', ALL, { USD: '12,0000' }));
    expect(await client.run()).toMatchObject({ saved: 1, unchanged: 27, quarantined: 0 });
    expect(await client.items()).toMatchObject([{ dates: ['2002-01-01'], state: 'pending' }]);
    expect(await client.rate('DEM')).toMatchObject({ effective_date: '2002-01-04', held: null });
    bank.withdraw('2002-01-04');
    clock.set('2002-01-01T12:00:00Z');
    bank.publish(sheetOf('2002-01-01', ALL, { USD: '11,0000' }));
    await client.run();
    expect(await client.items()).toEqual([]);
    expect(await client.items('?state=withdrawn')).toMatchObject([
      { dates: ['2002-01-01', '2002-01-04'], decided_by: null },
    ]);
    expect(await client.rate('USD?date=2002-01-01')).toMatchObject({
      value: '11.0000',
      carried: false,
    });
    const [item] = await client.items('?state=all');
    expect((await client.decide(item?.id ?? 0, 'accept')).status).toBe(409);
  });

  it('is decided once under concurrency, and never row by row', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    const [item] = await client.items();
    const id = item?.id ?? 0;
    const before = (await events()).length;
    const answers = await Promise.all([
      ...[
        client.decide(id, 'accept'),
        client.decide(id, 'accept'),
        client.run(),
        client.decide(id, 'reject'),
      ],
    ]);
    const [first, second, , third] = answers as [Response, Response, RunBody, Response];
    expect([first.status, second.status, third.status]).toEqual([200, 200, 409]);
    expect((await third.json()) as ProblemBody).toMatchObject({ code: 'rates.already_decided' });
    const saved = [await first.json(), await second.json()] as VerdictBody[];
    expect(saved.map((each) => each.saved).sort()).toEqual([0, 1]);
    expect(await events()).toHaveLength(before + 1);
    const line = await client.decide(id + 1, 'accept');
    expect(line.status).toBe(404);
    expect((await line.json()) as ProblemBody).toMatchObject({ code: 'rates.not_quarantined' });
  });

  it('is listed with single fixings, newest first, page by page', async () => {
    await day('2002-01-01', euro());
    const fewer = STAYED.slice(3);
    await day('2002-01-04', sheetOf('2002-01-04', fewer));
    const jump = sheetOf('2002-01-05', ALL, { USD: '99,0000' });
    expect(await day('2002-01-05', jump)).toMatchObject({ quarantined: 1 });
    const listed = await client.items();
    expect(listed.map(({ kind, effective_date }) => `${kind} ${effective_date}`)).toEqual([
      ...['fixing 2002-01-05', 'sheet 2002-01-04', 'sheet 2002-01-01'],
    ]);
    const [fixing] = await client.items('?limit=1');
    expect(await client.items(`?before=${fixing?.id}&limit=1`)).toEqual([listed[1]]);
    // `whole_sheet` of a fixing covers the held fixings of its sheet.
    expect((await client.decide(fixing?.id ?? 0, 'accept?whole_sheet=true')).status).toBe(200);
    expect(await client.items()).toHaveLength(2);
  });

  if (isRepeated(engine)) return;

  it('is one item, and the message of the run names the held sheet, what it lacks and how to decide', async () => {
    const before = (await events()).length;
    const ran = await day('2002-01-01', euro({ USD: '11,0000' }));
    expect(ran).toMatchObject({
      ...{ saved: 0, unchanged: 0, quarantined: 1, effective_date: '2002-01-01' },
    });
    const [item] = await client.items();
    expect(await client.items()).toEqual([
      {
        ...{ id: item?.id, kind: 'sheet', effective_date: '2002-01-01', dates: ['2002-01-01'] },
        ...{ currencies: 17, previous_date: '2001-12-29', missing_codes: GONE },
        ...{ state: 'pending', held_at: '2002-01-01T09:00:00.000Z' },
        ...{ decided_at: null, decided_by: null },
      },
    ]);
    expect(ran.message).toContain('the sheet of 2002-01-01 is held: it lacks 11 of the 28');
    expect(ran.message).toContain(`POST /v1/quarantine/${item?.id}/accept`);
    expect(await client.status()).toMatchObject({
      newest_effective_date: '2002-01-01',
      bank: { quarantined: 1, oldest_quarantined_date: '2002-01-01', missing_days: [] },
      last_run: { result: 'success', code: null, message: ran.message },
    });
    expect(await getJson(`${kurs.url}/health`)).toMatchObject({
      checks: { quarantine: { waiting: 1 } },
    });
    expect(await events()).toHaveLength(before);
  });

  it('leaves every currency in force, also the missing ones, and names them all', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    const carried = { value: '10.0000', effective_date: '2001-12-29', carried: true };
    for (const code of ['USD', 'DEM']) {
      expect(await client.rate(code)).toMatchObject({ ...carried, held: code });
      expect(await client.rate(`${code}?date=2002-01-01&source=all`)).toMatchObject(carried);
    }
    const everything = { codes: ALL, carried: ALL, held: ALL };
    expect(await client.listing()).toEqual(everything);
    // A day later, also for a past day.
    clock.set('2002-01-02T09:00:00Z');
    expect(await client.listing()).toEqual(everything);
    expect(await client.listing('?date=2002-01-01')).toEqual(everything);
    expect(await client.rate('DEM?date=2002-01-01')).toMatchObject({ ...carried, held: 'DEM' });
    const filled = `DEM/history?from=2002-01-01&to=2002-01-01&fill=calendar`;
    const history = await fetch(`${kurs.url}/v1/rates/${filled}`);
    expect(history.headers.get('kurs-quarantined')).toBe('DEM');
    expect(await history.json()).toHaveLength(1);
    expect(await client.rate('USD?date=2001-12-29')).toMatchObject({ carried: false, held: null });
    const original = await getJson<RateBody[]>(`${kurs.url}/rates/get/USD`);
    expect(original.map(({ effective_date }) => effective_date)).toEqual([
      ...['2001-12-29', '2001-12-28'],
    ]);
  });

  it('is repeated by the bank without any change', async () => {
    await day('2002-01-01', euro());
    const { data_version } = await getJson<{ data_version: number }>(`${kurs.url}/v1/status`);
    const held = await client.items();
    expect(await client.run()).toMatchObject({ saved: 0, unchanged: 0, quarantined: 1 });
    expect(await client.items()).toEqual(held);
    expect(await getJson(`${kurs.url}/v1/status`)).toMatchObject({ data_version });
  });

  it('keeps a jump in it for a separate decision', async () => {
    await day('2002-01-01', euro({ USD: '11,0000', CHF: '99,0000' }));
    expect(await client.verdict('accept')).toMatchObject({
      decided: [{ state: 'accepted' }],
      saved: 1,
    });
    const waiting = await client.items();
    expect(waiting).toMatchObject([
      { kind: 'fixing', code: 'CHF', effective_date: '2002-01-01', previous_value: '10.0000' },
    ]);
    expect(await client.rate('CHF')).toMatchObject({
      value: '10.0000',
      carried: true,
      held: 'CHF',
    });
    expect(await client.rate('USD')).toMatchObject({ value: '11.0000', carried: false });
    await client.decide(waiting[0]?.id ?? 0, 'accept');
    expect(await client.rate('CHF')).toMatchObject({
      value: '99.0000',
      carried: false,
      held: null,
    });
  });

  it('can be accepted after it was rejected', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    await client.verdict('reject');
    expect(await client.verdict('accept')).toMatchObject({
      decided: [{ state: 'accepted' }],
      saved: 1,
    });
    expect(await client.rate('USD')).toMatchObject({
      value: '11.0000',
      carried: false,
      held: null,
    });
    expect(await client.rate('DEM')).toMatchObject({ code: 'rates.not_set' });
  });

  it('stays held when a good sheet follows, and is accepted as history of its days', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    const good = await day('2002-01-04', sheetOf('2002-01-04', ALL, { USD: '12,0000' }));
    expect(good).toMatchObject({ saved: 1, unchanged: 27 });
    expect(good.message).toContain('the sheet of 2002-01-01 is held');
    expect(await client.rate('DEM')).toMatchObject({ effective_date: '2002-01-04', held: null });
    expect(await client.rate('DEM?date=2002-01-01')).toMatchObject({ carried: true, held: 'DEM' });
    const before = (await events()).length;
    expect(await client.verdict('accept')).toMatchObject({ saved: 0 });
    expect(await events()).toHaveLength(before);
    expect(await client.rate('USD?date=2002-01-01')).toMatchObject({
      value: '11.0000',
      held: null,
    });
    expect(await client.rate('DEM?date=2002-01-01')).toMatchObject({ code: 'rates.not_set' });
    expect(await client.rate('DEM')).toMatchObject({
      effective_date: '2002-01-04',
      carried: false,
    });
  });

  it('takes changed values of the bank for its date, and is accepted with the last ones', async () => {
    await day('2002-01-01', euro({ USD: '11,0000' }));
    bank.publish(euro({ USD: '11,5000' }));
    expect(await client.run()).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await client.items('?state=all')).toMatchObject([
      { dates: ['2002-01-01'], currencies: 17 },
    ]);
    await client.verdict('accept');
    expect(await client.rate('USD')).toMatchObject({ value: '11.5000', carried: false });
    const missed = await new Rows(kurs).revisions();
    expect(missed).toEqual([]);
  });
});
