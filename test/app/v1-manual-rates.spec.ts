import { getJson, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { type RateRecord, withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { bank, kurs, clock, run, record, list, problem, pagesOf } = withThreeSheets();

  it('are the bank’s despite manual edits, unless manual ones are requested', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    const edit = withBody('PATCH', { value: '70' });
    await fetch(`${kurs.url}/rates/update?rate_id=${usd?.id}`, edit);
    const eur = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'EUR');
    await fetch(`${kurs.url}/rates/delete?rate_id=${eur?.id}`, { method: 'DELETE' });
    expect(await record('/rates/USD')).toMatchObject({ value: '75.5000', source: 'cbr' });
    expect(await record('/rates/EUR')).toMatchObject({ effective_date: '2026-04-24' });
    expect(await record('/rates/USD?source=manual')).toMatchObject({
      rate: '70',
      source: 'manual',
    });
    expect(await record('/rates/USD?source=all')).toMatchObject({ rate: '70', source: 'manual' });
    expect(await record('/rates/JPY?source=all')).toMatchObject({ source: 'cbr' });
    expect(await record('/rates/USD?source=all&quote=EUR')).toMatchObject({ source: 'manual' });
    expect(await problem('/rates/JPY?source=manual')).toMatchObject({ code: 'rates.not_set' });
    expect((await list('/rates?source=manual')).map(({ code }) => code)).toEqual(['USD']);
    const both = await list('/rates?from=2026-04-24&codes=USD&source=all');
    expect(both.map(({ rate, source }) => [rate, source])).toEqual([
      ['75.5', 'cbr'],
      ['70', 'manual'],
    ]);
    // Against a manual euro both rates are manual.
    const euro = { code: 'EUR', name: 'Е', value: '90', effective_date: '2026-04-24' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', euro));
    const crosses = '/rates?from=2026-04-24&source=all&quote=EUR&codes=USD';
    const all = await list(crosses);
    expect(all.map(({ rate, source }) => [rate.slice(0, 6), source])).toEqual([
      ['0.8388', 'manual'],
      ['0.7777', 'manual'],
    ]);
    expect((await pagesOf(`${crosses}&limit=1`)).flat()).toEqual(all);
    expect(await getJson(`${kurs.url}/v1/rates/USD/revisions`)).toMatchObject([
      { rate_id: usd?.id, value: '75.5000', rate: '75.5', source: 'cbr', reason: 'edit' },
    ]);
  });

  it('are accepted from the first day of the calendar on', async () => {
    const oldest = { code: 'OLD', name: 'О', value: '1.5', effective_date: '0001-01-01' };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', oldest));
    const history = '/rates/OLD/history?source=manual';
    const days = (rows: RateRecord[]) => rows.map(({ requested_date }) => requested_date);
    expect(days(await list(history))).toEqual(['0001-01-01']);
    expect(days(await list(`${history}&from=0001-01-01&to=0001-01-02&fill=calendar`))).toEqual([
      ...['0001-01-01', '0001-01-02'],
    ]);
    expect(await list(`${history}&group=week`)).toMatchObject([{ from: '0001-01-01' }]);
    expect(await list('/rates/USD/history?from=0001-01-01&to=0001-02-01')).toEqual([]);
  });

  it('are the manual ones of an instant, despite later changes', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    await fetch(`${kurs.url}/rates/update?rate_id=${usd?.id}`, withBody('PATCH', { value: '70' }));
    const abc = { code: 'ABC', name: 'ABC', effective_date: '2026-04-20' };
    const created = ['1.10', '1.20', '1.30'].map((value, index) =>
      withBody('POST', { ...abc, value, effective_date: `2026-04-2${index}` }),
    );
    for (const body of created) await fetch(`${kurs.url}/v1/rates`, body);
    clock.set('2026-04-24T10:00:00Z');
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    for (const { id, code } of await new Rows(kurs).rates()) {
      if (code !== 'ABC') continue;
      await fetch(`${kurs.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
    }
    const now = 'source=manual';
    const then = `${now}&as_of=2026-04-24T09:30:00Z`;
    expect(await list(`/rates?${now}`)).toEqual([]);
    expect(await list(`/rates?${then}`)).toMatchObject([
      { code: 'ABC', rate: '1.3', previous_rate: '1.2', effective_date: '2026-04-22' },
      { code: 'USD', rate: '70', previous_rate: null },
    ]);
    expect(await list(`/rates?codes=ABC&date=2026-04-21&${then}`)).toMatchObject([
      { rate: '1.2', previous_rate: '1.1' },
    ]);
    const days = await list(`/rates?from=2026-04-21&codes=ABC&${then}`);
    expect(days.map(({ rate, change }) => `${rate} ${change}`)).toEqual(['1.2 0.1', '1.3 0.1']);
    expect((await list(`/rates?from=2026-04-01&${then}`)).map(({ rate }) => rate)).toEqual([
      ...['1.1', '1.2', '1.3', '70'],
    ]);
    expect(await problem(`/rates/ABC?date=2026-04-19&${then}`)).toMatchObject({
      code: 'rates.not_set',
    });
  });

  it('keep the bank’s days and numbers despite manual deletions', async () => {
    const usd = (await new Rows(kurs).rates()).findLast(({ code }) => code === 'USD');
    await fetch(`${kurs.url}/rates/delete?rate_id=${usd?.id}`, { method: 'DELETE' });
    expect(await getJson(`${kurs.url}/v1/currencies/USD`)).toMatchObject({
      ...{ first_date: '2026-04-22', last_date: '2026-04-24', set_today: true },
    });
    expect(await getJson(`${kurs.url}/v1/sheets/2026-04-24`)).toMatchObject({ currencies: 4 });
  });
});
