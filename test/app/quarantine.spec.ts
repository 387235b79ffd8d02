import { RatesExportService } from '../../src/rates/reading/rates-export.service.js';
import { databases, isRepeated } from '../support/databases.js';
import { getJson, type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { TRY, withJumpLimit } from '../support/jump-limit.js';
import { at, EUR, USD } from '../support/sheet-builder.js';

describe.each(databases)('the quarantine on $engine', ({ engine }) => {
  const { kurs, day, listed, decide, verdict, rate, eventCount } = withJumpLimit(engine);

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
