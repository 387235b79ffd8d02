import { databases, isRepeated } from '../support/databases.js';
import { withLastMarks } from '../support/last-marks.js';
import { ALL, GONE, sheetOf, STAYED } from '../support/euro-sheets.js';
import { getJson, type ProblemBody, type RateBody } from '../support/json.js';
import { type RunBody, type VerdictBody } from '../support/quarantine-client.js';
import { Rows } from '../support/rows.js';

describe.each(databases)('a sheet that has lost too many currencies on $engine', ({ engine }) => {
  const { bank, kurs, clock, start, client, day, events, euro } = withLastMarks(engine);

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

  if (isRepeated(engine)) return;

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
