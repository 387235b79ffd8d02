import { databases, isRepeated } from '../support/databases.js';
import { withLastMarks } from '../support/last-marks.js';
import { ALL, GONE, sheetOf, STAYED } from '../support/euro-sheets.js';
import { getJson, type RateBody } from '../support/json.js';

describe.each(databases)('a sheet that has lost too many currencies on $engine', ({ engine }) => {
  const { bank, kurs, clock, client, day, events, euro } = withLastMarks(engine);

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
});
