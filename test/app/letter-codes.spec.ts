import { toCalendarDate } from '../../src/common/calendar-date.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Held {
  id: number;
  code: string;
  cbr_id: string;
  value: string;
  previous_value: string;
}

const CNY: Valute = {
  ...{ id: 'R01375', num: '156', code: 'CNY', name: 'Юань' },
  ...{ nominal: 1, value: '11,0000' },
};
const under = (code: string, valute: Valute): Valute => ({ ...valute, code });

describe('letter codes', () => {
  const fixture = withKurs({ clock: '2026-04-22T09:00:00Z', starts: false });
  const { bank, kurs, clock } = fixture;
  const rows = new Rows(kurs);

  const start = async (JUMP_LIMIT_PERCENT: string, ...valutes: Valute[]) => {
    bank.publish(sheetXml('22.04.2026', valutes));
    await fixture.start({ JUMP_LIMIT_PERCENT });
  };
  const day = (date: string, ...valutes: Valute[]) => {
    clock.set(`${date}T09:00:00Z`);
    bank.publish(sheetXml(date.split('-').reverse().join('.'), valutes));
    return getJson<object>(`${kurs.url}/tasks/run`, { method: 'POST' });
  };
  /** Loads one fixing of 22 April as a backfill does. */
  const history = (cbr_id: string, value: string) => {
    const on = toCalendarDate('2026-04-22');
    const records = [{ cbr_id, nominal: 1, value, effective_date: on }];
    const bytes = Buffer.from(`${cbr_id} ${value}`);
    const document = { kind: 'dynamic' as const, bytes, fetched_at: clock.now() };
    return kurs
      .get(HistoryRecorder)
      .record({ cbr_id, covered: { from: on, to: on }, records, document }, () =>
        Promise.resolve(),
      );
  };
  const held = (query = '') => getJson<Held[]>(`${kurs.url}/v1/quarantine${query}`);
  const acceptAll = async () => {
    const [first] = await held();
    const path = `/v1/quarantine/${first?.id}/accept?whole_sheet=true`;
    return getJson<object>(`${kurs.url}${path}`, { method: 'POST' });
  };
  const rate = (path: string) => getJson<object>(`${kurs.url}/v1/rates/${path}`);
  const eventsAfter = async (count: number) =>
    (await rows.events()).slice(count).map(({ payload }) => JSON.parse(payload) as object);

  it.each(['20', '0'])(
    'swapped between two currencies are held, JUMP_LIMIT_PERCENT=%s',
    async (limit) => {
      // Two currencies with similar rates, so that neither jumps.
      await start(limit, USD, EUR, CNY);
      const wrong = [under('EUR', at(USD, '75,6000')), under('USD', at(EUR, '88,2000')), CNY];
      expect(await day('2026-04-23', ...wrong)).toMatchObject({ saved: 0, quarantined: 2 });
      expect(await held()).toMatchObject([
        { code: 'USD', cbr_id: 'R01239', value: '88.2000', previous_value: '88.1020' },
        { code: 'EUR', cbr_id: 'R01235', value: '75.6000', previous_value: '75.5273' },
      ]);
      expect(await eventsAfter(3)).toEqual([]);
      expect(await rate('USD')).toMatchObject({ value: '75.5273', carried: true });
      expect(await rate('EUR?date=2026-04-22')).toMatchObject({ cbr_id: 'R01239' });

      const right = [at(USD, '75,6000'), at(EUR, '88,2000'), CNY];
      expect(await day('2026-04-23', ...right)).toMatchObject({ saved: 2, quarantined: 0 });
      expect(await held('?state=withdrawn')).toHaveLength(2);
      expect(await rate('USD')).toMatchObject({ value: '75.6000', carried: false });
      expect(await eventsAfter(3)).toMatchObject([
        { code: 'USD', value: 75.6, previous_value: 75.5273 },
        { code: 'EUR', value: 88.2, previous_value: 88.102 },
      ]);
    },
  );

  it('are restored by a correction after a decision', async () => {
    await start('20', under('CNY', USD), under('USD', CNY));
    expect(await day('2026-04-22', USD, CNY)).toMatchObject({ saved: 0, quarantined: 2 });
    expect(await acceptAll()).toMatchObject({ saved: 2 });
    expect((await rows.rates()).map(({ code, value }) => `${code} ${value}`).sort()).toEqual([
      ...['CNY 11.0000', 'USD 75.5273'],
    ]);
    expect((await rows.revisions()).map(({ code, value }) => `${code} ${value}`).sort()).toEqual([
      ...['CNY 75.5273', 'USD 11.0000'],
    ]);
    expect(await eventsAfter(2)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ event: 'rate_updated', code: 'USD', value: 75.5273 }),
        expect.objectContaining({ event: 'rate_updated', code: 'CNY', value: 11 }),
      ]) as object[],
    );
    expect(await rate('USD')).toMatchObject({ value: '75.5273', cbr_id: 'R01235' });
    expect(await day('2026-04-22', USD, CNY)).toMatchObject({ saved: 0, quarantined: 0 });
  });

  it('that change are held, even if no other currency has the new one', async () => {
    await start('20', USD, EUR);
    const wrong = [under('USX', at(USD, '75,6000')), EUR];
    expect(await day('2026-04-23', ...wrong)).toMatchObject({ saved: 0, quarantined: 1 });
    for (const path of ['USD', 'USD?date=2026-04-22', 'USD/history']) {
      expect(JSON.stringify(await rate(path))).toContain('75.5273');
    }
    expect(await rate('USD')).toMatchObject({ carried: true });
    expect(await rate('USX')).toMatchObject({ code: 'rates.unknown_code' });
  });

  it('that were wrong at first are corrected after a decision', async () => {
    await start('20', under('UDS', USD), EUR);
    expect(await day('2026-04-22', USD, EUR)).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await acceptAll()).toMatchObject({ saved: 1 });
    expect((await rows.rates()).map(({ code }) => code).sort()).toEqual(['EUR', 'USD']);
    expect((await rows.revisions()).map(({ code }) => code)).toEqual(['UDS']);
    expect(await rate('USD')).toMatchObject({ value: '75.5273' });
  });

  it('determine what the value of a new ID is compared with', async () => {
    await start('20', USD, EUR);
    const other: Valute = { ...at(USD, '7,5000'), id: 'R01234' };
    expect(await day('2026-04-23', other, EUR)).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await held()).toMatchObject([{ cbr_id: 'R01234', previous_value: '75.5273' }]);
    expect(await rate('USD')).toMatchObject({ value: '75.5273', carried: true });
    expect(await day('2026-04-24', at(other, '7,6000'), EUR)).toMatchObject({ quarantined: 1 });
    const [, first] = await held();
    const path = `${kurs.url}/v1/quarantine/${first?.id}/accept`;
    expect(await getJson<object>(path, { method: 'POST' })).toMatchObject({
      ...{ decided: [{ value: '7.5000' }], released: [{ value: '7.6000' }] },
    });
    expect(await rate('USD')).toMatchObject({ value: '7.6000', cbr_id: 'R01234' });
    expect(await day('2026-04-25', at(other, '7,7000'), EUR)).toMatchObject({ quarantined: 0 });
  });

  it('of sheets are independent of history, which has none', async () => {
    await start('20', under('UDS', USD), EUR);
    expect(await day('2026-04-23', USD, EUR)).toMatchObject({ quarantined: 1 });
    expect(await acceptAll()).toMatchObject({ saved: 0 });
    expect(await history('R01235', '75.5273')).toEqual({ added: 0, corrected: 0, unchanged: 1 });
    expect((await rows.rates()).map(({ code }) => code).sort()).toEqual([
      ...['EUR', 'EUR', 'UDS', 'USD'],
    ]);
    // An unlisted ID stands for its code until a sheet has one.
    await history('R01234', '75.5273');
    const other: Valute = { ...at(USD, '76,0000'), id: 'R01234' };
    expect(await day('2026-04-24', other, EUR)).toMatchObject({ saved: 1, quarantined: 0 });
    expect(await rate('USD')).toMatchObject({ value: '76.0000', cbr_id: 'R01234' });
  });

  it('preserve a currency that gets another ID', async () => {
    await start('20', USD, EUR);
    const other: Valute = { ...at(USD, '76,0000'), id: 'R01234' };
    expect(await day('2026-04-23', other, EUR)).toMatchObject({ saved: 1, quarantined: 0 });
    expect(await rate('USD')).toMatchObject({ value: '76.0000', cbr_id: 'R01234' });
  });
});
