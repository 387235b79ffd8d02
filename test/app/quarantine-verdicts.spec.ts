import { databases, isRepeated } from '../support/databases.js';
import { TRY, withJumpLimit } from '../support/jump-limit.js';
import { at, EUR, USD } from '../support/sheet-builder.js';

describe.each(databases)('the quarantine on $engine', ({ engine }) => {
  const { kurs, clock, rows, run, day, listed, decide, verdict, rate, history, lastEvents } =
    withJumpLimit(engine);

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
});
