import { databases } from '../support/databases.js';
import { DICTIONARY } from '../support/history.js';
import { getJson, withBody } from '../support/json.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

/** A millisecond, not a whole second: instants are compared digit by digit. */
const FIRST = '2026-04-24T09:00:00.500Z';
const CHANGED = '2026-04-24T10:00:00.000Z';
const LATER = '2026-04-24T11:00:00Z';
const DAY = '2026-04-24';

interface Rate {
  value?: string;
  code?: string;
}

describe.each(databases)('as_of at the very instant of a change on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [sheetXml('24.04.2026', [at(USD, '75,5000'), EUR])],
    clock: FIRST,
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const { bank, kurs, clock } = fixture;

  const get = <T>(path: string) => getJson<T>(`${kurs.url}/v1${path}`);
  /** The value of USD by every route that takes as_of, or the code of the problem. */
  const official = async (asOf: string) => {
    const [one, listing, range, history, conversion] = await Promise.all([
      get<Rate>(`/rates/USD?date=${DAY}&${asOf}`),
      get<Rate[]>(`/rates?codes=USD&date=${DAY}&${asOf}`),
      get<Rate[]>(`/rates?from=${DAY}&codes=USD&${asOf}`),
      get<Rate[]>(`/rates/USD/history?from=${DAY}&${asOf}`),
      get<{ result: string }>(`/convert?amount=1&from=USD&to=RUB&date=${DAY}&${asOf}`),
    ]);
    return [one.value, listing[0]?.value, range[0]?.value, history[0]?.value, conversion.result];
  };
  const manual = async (asOf: string) => {
    const more = `source=manual&${asOf}`;
    const [one, listing, range] = await Promise.all([
      get<Rate>(`/rates/GOLD?date=${DAY}&${more}`),
      get<Rate[]>(`/rates?codes=GOLD&date=${DAY}&${more}`),
      get<Rate[]>(`/rates?from=${DAY}&codes=GOLD&${more}`),
    ]);
    return [one.value ?? one.code, listing[0]?.value, range[0]?.value];
  };
  /** A millisecond before the instant of a change, and at it. */
  const around = async <T>(change: string, ask: (asOf: string) => Promise<T>): Promise<[T, T]> => {
    const before = new Date(new Date(change).getTime() - 1).toISOString();
    return [await ask(`as_of=${before}`), await ask(`as_of=${change}`)];
  };
  const send = async (method: string, path: string, body?: object) => {
    const init = body ? withBody(method, body) : { method };
    const response = await fetch(`${kurs.url}/v1${path}`, init);
    expect(response.ok).toBe(true);
    return response;
  };
  const usd = (value: string) => [value, value, value, value, String(Number(value))];
  const gold = (value: string) => [value, value, value];
  const none = (code: string) => [code, undefined, undefined];

  it('has a correction of the bank, by every route', async () => {
    clock.set(CHANGED);
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR]));
    await fixture.run();
    clock.set(LATER);
    expect(await around(CHANGED, official)).toEqual([usd('75.5000'), usd('75.9000')]);
    // However it is written.
    for (const same of ['10:00:00Z', '10:00:00.0Z', '13:00:00%2B03:00']) {
      expect(await official(`as_of=${DAY}T${same}`)).toEqual(usd('75.9000'));
    }
    expect(await official(`as_of=${FIRST}`)).toEqual(usd('75.5000'));
  });

  it('has a created, an edited and a deleted rate of people', async () => {
    const [created, edited, deleted] = [CHANGED, '2026-04-24T10:00:00.001Z', LATER];
    clock.set(created);
    const body = { code: 'GOLD', name: 'Gold', value: '1.10', effective_date: DAY };
    const { id } = (await (await send('POST', '/rates', body)).json()) as { id: number };
    clock.set(edited);
    await send('PATCH', `/rates/${id}`, { value: '1.20' });
    clock.set(deleted);
    await send('DELETE', `/rates/${id}`);
    expect(await around(created, manual)).toEqual([none('rates.unknown_code'), gold('1.10')]);
    expect(await around(edited, manual)).toEqual([gold('1.10'), gold('1.20')]);
    expect(await around(deleted, manual)).toEqual([gold('1.20'), none('rates.unknown_code')]);
  });

  it('has a withdrawn sheet, and the one before it again', async () => {
    bank.publish(sheetXml('25.04.2026', [at(USD, '80,0000'), EUR]));
    await fixture.run();
    clock.set(CHANGED);
    await send('POST', '/sheets/2026-04-25/withdraw', { reason: 'A wrong date' });
    clock.set(LATER);
    const next = async (asOf: string) => {
      const { value, code } = await get<Rate>(`/rates/USD?date=latest&${asOf}`);
      return value ?? code;
    };
    expect(await around(CHANGED, next)).toEqual(['80.0000', '75.5000']);
  });
});
