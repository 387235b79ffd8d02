import { createHash } from 'node:crypto';
import { getJson } from '../support/json.js';
import { at, encode1251, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { FRIDAY, withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { bank, kurs, clock, run, call, record, list, problem } = withThreeSheets();

  it('are as they were known at an instant', async () => {
    clock.set('2026-04-24T10:00:00Z');
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    const at9 = 'as_of=2026-04-24T09:30:00Z';
    expect(await record('/rates/USD')).toMatchObject({ value: '75.9000' });
    expect(await record(`/rates/USD?${at9}`)).toMatchObject({
      ...{ value: '75.5000', previous_rate: '76' },
    });
    expect(await list(`/rates?codes=USD&${at9}`)).toMatchObject([{ value: '75.5000' }]);
    for (const query of ['', '&fill=calendar', '&limit=5']) {
      const history = await list(`/rates/USD/history?from=2026-04-23${query}&${at9}`);
      expect(history.map(({ rate }) => rate)).toEqual(['76', '75.5']);
    }
    expect(await record(`/convert?amount=1&from=USD&to=RUB&${at9}`)).toMatchObject({
      result: '75.5',
    });
    expect(await problem(`/currencies?${at9}`)).toMatchObject({
      errors: [{ parameter: 'as_of', message: 'as_of is unknown' }],
    });
    // On Wednesday evening there was one sheet, and Wednesday was today.
    const wednesday = 'as_of=2026-04-22T15:00:00%2B03:00';
    expect(await record(`/rates/USD?${wednesday}`)).toMatchObject({
      ...{ value: '75.0000', requested_date: '2026-04-22', previous_rate: null },
    });
    expect(await problem(`/rates/USD?date=2026-04-23&${wednesday}`)).toMatchObject({ status: 422 });
    expect(await problem('/rates/USD?as_of=2026-04-24T10:00:01Z')).toMatchObject({
      errors: [{ parameter: 'as_of', message: 'as_of must not be in the future' }],
    });
    expect(await problem('/rates/USD?as_of=2026-04-21T00:00:00Z')).toMatchObject({
      code: 'rates.not_loaded',
    });
    const [revision] = await getJson<{ reason: string; document_sha256: string }[]>(
      `${kurs.url}/v1/rates/USD/revisions`,
    );
    expect(revision).toMatchObject({ reason: 'correction', value: '75.5000' });
    const first = encode1251(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    expect(revision?.document_sha256).toBe(createHash('sha256').update(first).digest('hex'));
    expect(await list('/rates/JPY/revisions')).toEqual([]);
    expect(await problem('/rates/XYZ/revisions')).toMatchObject({ code: 'rates.unknown_code' });
  });

  it('come from documents that are returned byte for byte', async () => {
    const bytes = encode1251(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await getJson(`${kurs.url}/v1/sheets/2026-04-24`)).toEqual({
      ...{ date: '2026-04-24', fetched_at: FRIDAY.replace('Z', '.000Z'), sha256, currencies: 4 },
      withdrawn: null,
      documents: [
        {
          ...{ kind: 'daily', cbr_id: null, date: '2026-04-24', to_date: null },
          ...{ fetched_at: FRIDAY.replace('Z', '.000Z'), sha256, built: false },
        },
      ],
    });
    const xml = await call('/sheets/2026-04-24.xml');
    expect(xml.headers.get('content-type')).toBe('application/xml');
    expect(Buffer.from(await xml.arrayBuffer()).equals(bytes)).toBe(true);
    // A correction is another document; the first remains available.
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,9000'), EUR, JPY, IRR]));
    await run();
    const newest = await (await call('/sheets/2026-04-24.xml')).arrayBuffer();
    expect(Buffer.from(newest).includes('75,9000')).toBe(true);
    const old = await (await call(`/sheets/2026-04-24.xml?sha256=${sha256}`)).arrayBuffer();
    expect(Buffer.from(old).equals(bytes)).toBe(true);
    expect(await problem('/sheets/2026-04-25')).toMatchObject({ code: 'rates.no_sheet' });
    expect(await problem('/sheets/2026-04-25.xml')).toMatchObject({ code: 'rates.no_sheet' });
  });
});
