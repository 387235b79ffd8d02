import { asking } from '../support/bank-scripts.js';
import { loadSheets } from '../support/command-load.js';
import { DICTIONARY } from '../support/history.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

/** Today is Wednesday, 22 April 2026. */
describe("the bank's newest sheet", () => {
  const fixture = withKurs({
    sheets: [sheetXml('21.04.2026', [USD, EUR, JPY]), sheetXml('22.04.2026', [USD, EUR, JPY])],
    clock: '2026-04-22T09:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '20', CBR_MAX_SHRINK_PERCENT: '50' },
  });
  const { bank, kurs, clock } = fixture;
  const ask = asking(fixture);
  const dateOf = (text: string) => /Date="([^"]*)"/.exec(text)?.[1];
  const newest = async () => {
    const { status, text } = await ask('XML_daily.asp');
    return status === 200 ? dateOf(text) : status;
  };
  const on = async (day: string) => {
    const { status, text } = await ask(`XML_daily.asp?date_req=${day}`);
    return status === 200 ? dateOf(text) : status;
  };

  it("is tomorrow's once it is published, while today's is in force today", async () => {
    bank.publish(sheetXml('23.04.2026', [at(USD, '76,0000'), EUR, JPY]));
    await fixture.run();
    expect([await newest(), await on('22/04/2026'), await on('24/04/2026')]).toEqual([
      '23.04.2026',
      '22.04.2026',
      '23.04.2026',
    ]);
  });

  it('is not answered once another is overdue: the day that it would be for has begun', async () => {
    bank.misbehave((_, response) => void response.writeHead(500).end());
    clock.set('2026-04-22T20:59:59Z');
    expect(await newest()).toBe('22.04.2026');
    clock.set('2026-04-22T21:00:00Z');
    expect([await newest(), await on('23/04/2026'), await on('01/05/2026')]).toEqual([
      503, 503, 503,
    ]);
    expect(await on('22/04/2026')).toBe('22.04.2026');
    const range = 'date_req1=20/04/2026&date_req2=23/04/2026&VAL_NM_RQ=R01235';
    expect((await ask(`XML_dynamic.asp?${range}`)).status).toBe(503);
  });

  it('holds over the weekend, and shortly after midnight before the bank is asked again', async () => {
    bank.publish(sheetXml('25.04.2026', [USD, EUR, JPY]));
    clock.set('2026-04-26T09:00:00Z');
    await fixture.run();
    // Monday has begun in Moscow.
    clock.set('2026-04-26T21:30:00Z');
    expect([await newest(), await on('27/04/2026')]).toEqual(['25.04.2026', '25.04.2026']);
  });

  it('is answered without figures that are held, and says so', async () => {
    bank.publish(sheetXml('23.04.2026', [at(USD, '150,0000'), EUR, JPY]));
    await fixture.run();
    const { text, headers } = await ask('XML_daily.asp');
    expect(dateOf(text)).toBe('23.04.2026');
    expect(text).not.toContain('USD');
    expect(text).toContain('EUR');
    expect(headers.get('kurs-built')).toBe('true');
    expect(headers.get('kurs-quarantined')).toBe('USD');
  });

  it("is the one before while tomorrow's is held as a whole; that day has none", async () => {
    bank.publish(sheetXml('23.04.2026', [USD]));
    await fixture.run();
    const { text, headers } = await ask('XML_daily.asp');
    expect(dateOf(text)).toBe('22.04.2026');
    expect(headers.get('kurs-quarantined')).toBe('EUR,JPY,USD');
    expect(await on('23/04/2026')).toBe(503);
    clock.set('2026-04-23T09:00:00Z');
    expect(await newest()).toBe(503);
  });

  it('is the one before after it was withdrawn', async () => {
    bank.list(DICTIONARY);
    await loadSheets(kurs, { from: '2026-04-21' });
    const response = await fetch(`${kurs.url}/v1/sheets/2026-04-22/withdraw`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ reason: 'a mistake' }),
    });
    expect(response.status).toBe(200);
    expect([await newest(), await on('22/04/2026')]).toEqual(['21.04.2026', '21.04.2026']);
  });

  it('is not what people made of it', async () => {
    const rates = (await (await fetch(`${kurs.url}/rates/get/usd`)).json()) as { id: number }[];
    await fetch(`${kurs.url}/rates/update?rate_id=${rates[0]?.id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ value: '1.5' }),
    });
    const { text, headers } = await ask('XML_daily.asp');
    expect(text).toBe(sheetXml('22.04.2026', [USD, EUR, JPY]));
    expect(headers.get('kurs-built')).toBeNull();
  });
});
