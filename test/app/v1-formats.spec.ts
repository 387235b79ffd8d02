import { at, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { type RateRecord, withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { bank, run, call, list, problem } = withThreeSheets();

  it('come as JSON, CSV and NDJSON, selected by header or by suffix', async () => {
    const csv = await call('/rates.csv?codes=JPY,USD');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toBe(
      'code,quote,nominal,value,rate,effective_date,requested_date,carried,provisional,previous_rate,change,change_percent,name,name_en,num_code,cbr_id,source\r\n' +
        'JPY,RUB,100,47.2636,0.472636,2026-04-24,2026-04-24,false,false,0.472636,0,0.0000,Иен,,392,R01820,cbr\r\n' +
        'USD,RUB,1,75.5000,75.5,2026-04-24,2026-04-24,false,false,76,-0.5,-0.6579,Доллар США,,840,R01235,cbr\r\n',
    );
    const lines = await call('/rates/USD/history', { headers: { Accept: 'application/x-ndjson' } });
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(lines.headers.get('vary')).toContain('Accept');
    const texts = (await lines.text()).trim().split('\n');
    expect(texts.map((text) => (JSON.parse(text) as RateRecord).rate)).toEqual([
      '75',
      '76',
      '75.5',
    ]);
    expect(await (await call('/rates/USD.ndjson')).text()).toMatch(/^\{.*\}\n$/);
    expect(await (await call('/rates.csv?source=manual')).text()).toMatch(/^code,.*source\r\n$/);
    expect(await (await call('/currencies/USD.csv')).text()).toContain(
      '\r\nUSD,Доллар США,,840,2,R01235,',
    );
    expect(await problem('/rates', { headers: { Accept: 'image/png' } })).toMatchObject({
      status: 406,
    });
    expect(await problem('/status.csv')).toMatchObject({ status: 404 });
    const html = await call('/rates/USD', { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(html.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    '/rates',
    '/rates/USD/history?fill=calendar',
    '/rates/USD/history?group=week',
    '/rates/USD/revisions',
    '/currencies',
  ])('have their columns in the same order in every format: %s', async (path) => {
    await run();
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,4000'), EUR, JPY, IRR]));
    await run();
    const as = async (format: string) =>
      (await call(path.replace(/(?=\?)|$/, `.${format}`))).text();
    const columns = (await as('csv')).split('\r\n')[0]?.split(',');
    const rows = (await list(path)) as object[];
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    const lines = (await as('ndjson')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(rows);
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(columns);
  });
});
