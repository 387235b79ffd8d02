import { runInNewContext } from 'node:vm';
import { loadSeries } from '../support/load-series.js';
import { at, encode1251, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Valute {
  ID: string;
  NumCode: string;
  Nominal: number;
  Name: string;
  Value: number;
  Previous: number;
}
interface Daily {
  Date: string;
  PreviousDate: string;
  PreviousURL: string;
  Timestamp: string;
  Valute: Record<string, Valute>;
}

const NOT_SET =
  'Курс ЦБ РФ на данную дату не установлен. Проверить: https://www.cbr.ru/currency_base/daily/';
const FRIDAY = sheetXml('24.04.2026', [at(USD, '74,8000'), at(JPY, '4,7111', 10), IRR]);
const SATURDAY = sheetXml('25.04.2026', [USD, EUR, JPY, IRR]);

describe('the JSON of cbr-xml-daily.ru', () => {
  const { kurs } = withKurs({
    sheets: [FRIDAY, SATURDAY],
    clock: '2026-04-25T09:00:00Z',
    settings: { BACKFILL_DAYS: '3' },
    once: true,
    starts: false,
    prepare: async (fixture) => {
      // Friday's sheet is fetched on Friday, Saturday's on Saturday.
      fixture.clock.jump('2026-04-24T09:00:00Z');
      fixture.bank.withdraw('2026-04-25');
      await fixture.start();
      fixture.clock.set('2026-04-25T09:00:00Z');
      fixture.bank.publish(SATURDAY);
      await fixture.run();
    },
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${kurs.url}${path}`, { headers });
  const daily = async (path: string) => (await (await get(path)).json()) as Daily;
  const ARCHIVE = '/archive/2026/04/25/daily_json.js';

  it('is the newest sheet, byte by byte in the form of that site', async () => {
    const answer = await get('/daily_json.js');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
    const host = kurs.url.replace('http:', '').replaceAll('/', '\\/');
    expect(text.split('\n').slice(0, 16)).toEqual([
      '{',
      '    "Date": "2026-04-25T11:30:00+03:00",',
      '    "PreviousDate": "2026-04-24T11:30:00+03:00",',
      `    "PreviousURL": "${host}\\/archive\\/2026\\/04\\/24\\/daily_json.js",`,
      '    "Timestamp": "2026-04-25T12:00:00+03:00",',
      '    "Valute": {',
      '        "USD": {',
      '            "ID": "R01235",',
      '            "NumCode": "840",',
      '            "CharCode": "USD",',
      '            "Nominal": 1,',
      '            "Name": "Доллар США",',
      '            "Value": 75.5273,',
      '            "Previous": 74.8',
      '        },',
      '        "EUR": {',
    ]);
    expect(text.endsWith('        }\n    }\n}')).toBe(true);
  });

  it('has what the sheet before printed for the same currency, whatever its nominal then', async () => {
    const { Valute } = await daily('/daily_json.js');
    expect(Valute.JPY).toMatchObject({ Nominal: 100, Value: 47.2636, Previous: 4.7111 });
    // The sheet before has no euro.
    expect(Valute.EUR).toMatchObject({ Value: 88.102, Previous: 88.102 });
    expect(Valute.IRR).toMatchObject({ Nominal: 1_000_000, Value: 53.9256, Previous: 53.9256 });
  });

  it('is the sheet of exactly that date in the archive', async () => {
    expect((await daily(ARCHIVE)).Valute.USD?.Value).toBe(75.5273);
    const text = { error: 'Not found', code: 404, explanation: NOT_SET };
    // A Sunday, a day that is to come, and no day at all.
    for (const day of ['2026/04/26', '2026/04/28', '2026/04/31', '2026/99/99', 'x/y/z']) {
      const answer = await get(`/archive/${day}/daily_json.js`);
      expect([day, answer.status]).toEqual([day, 404]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('etag')).toBeNull();
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual(text);
    }
    // The bank published none before July 1992.
    expect((await get('/archive/1992/06/30/daily_json.js')).status).toBe(404);
  });

  it('is not guessed where a sheet, or the one before it, is not loaded', async () => {
    for (const path of ['/archive/2026/04/23/daily_json.js', '/archive/2026/04/24/daily_json.js']) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(answer.headers.get('retry-after')).toBe('60');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(await answer.json()).toMatchObject({ code: 'rates.sheet_not_loaded' });
    }
  });

  it('calls the function of a page', async () => {
    const text = await (await get('/daily_jsonp.js?_=1')).text();
    let given: unknown;
    runInNewContext(text, { CBR_XML_Daily_Ru: (rates: unknown) => (given = rates) });
    expect(JSON.parse(JSON.stringify(given))).toEqual(await daily('/daily_json.js'));
  });

  it('gives units of each currency for a rouble', async () => {
    const answer = await get('/latest.js');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
    expect(text).toBe(
      [
        '{',
        '    "disclaimer": "https://www.cbr-xml-daily.ru/#terms",',
        '    "date": "2026-04-25",',
        '    "timestamp": 1777064400,',
        '    "base": "RUB",',
        '    "rates": {',
        '        "USD": 0.013240245580075,',
        '        "EUR": 0.0113504801253093,',
        '        "IRR": 18544.0681234887,',
        '        "JPY": 2.11579312621129',
        '    }',
        '}',
      ].join('\n'),
    );
  });

  it('answers for the host that was asked, and has an ETag', async () => {
    const url = async (headers: Record<string, string>) => {
      const { request } = await import('node:http');
      const text = await new Promise<string>((resolve, reject) => {
        const sent = request(`${kurs.url}/daily_json.js`, { headers }, (answer) => {
          let body = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
          answer.on('end', () => resolve(body));
        });
        sent.on('error', reject).end();
      });
      return (JSON.parse(text) as Daily).PreviousURL;
    };
    const path = '/archive/2026/04/24/daily_json.js';
    for (const host of ['www.cbr-xml-daily.ru', 'rates.example:8080', 'www.cbr-xml-daily.ru']) {
      expect(await url({ host })).toBe(`//${host}${path}`);
    }
    expect(await url({ host: 'a b' })).toMatch(/^\/\/localhost:\d+\/archive/);
    const answer = await get('/daily_json.js');
    const etag = answer.headers.get('etag') ?? '';
    expect((await get('/daily_json.js', { 'if-none-match': etag })).status).toBe(304);
  });

  it('has no English document while the dictionary is not loaded', async () => {
    for (const path of ['/daily_eng.xml', '/daily_eng_utf8.xml']) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(await answer.json()).toMatchObject({ code: 'rates.sheet_not_loaded' });
    }
  });

  it('has the bank’s own bytes as daily.xml, and the same text in UTF-8', async () => {
    const xml = await get('/Daily.XML');
    expect(Buffer.from(await xml.arrayBuffer())).toEqual(encode1251(SATURDAY));
    expect(xml.headers.get('content-type')).toBe('text/xml; charset=windows-1251');
    expect(xml.headers.get('kurs-built')).toBeNull();
    const utf8 = await get('/daily_utf8.xml');
    expect(await utf8.text()).toBe(SATURDAY.replace('windows-1251', 'UTF-8'));
    expect(utf8.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(utf8.headers.get('kurs-built')).toBe('true');
  });
});

describe('a day that was loaded as series', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });

  it('is answered with its figures, and says that its document is built', async () => {
    await loadSeries(
      kurs,
      'R01235',
      ['2026-04-20', '2026-04-24'],
      [
        { date: '2026-04-23', value: '74,1' },
        { date: '2026-04-24', value: '74,8' },
      ],
    );
    const answer = await fetch(`${kurs.url}/archive/2026/04/24/daily_json.js`);
    expect(await answer.json()).toMatchObject({
      Date: '2026-04-24T11:30:00+03:00',
      Valute: { USD: { Value: 74.8, Previous: 74.1, NumCode: '840' } },
    });
    const { Valute } = (await (await fetch(`${kurs.url}/daily_json.js`)).json()) as Daily;
    expect(Valute.USD?.Previous).toBe(74.8);
  });
});

describe('an address of its own', () => {
  const { kurs } = withKurs({
    sheets: [FRIDAY, SATURDAY],
    settings: { PUBLIC_URL: 'https://example.com/kurs' },
    clock: '2026-04-25T09:00:00Z',
    starts: false,
    prepare: async (fixture) => {
      fixture.clock.jump('2026-04-24T09:00:00Z');
      fixture.bank.withdraw('2026-04-25');
      await fixture.start();
      fixture.clock.set('2026-04-25T09:00:00Z');
      fixture.bank.publish(SATURDAY);
      await fixture.run();
    },
  });

  it('is that of PUBLIC_URL', async () => {
    const { PreviousURL } = (await (await fetch(`${kurs.url}/daily_json.js`)).json()) as Daily;
    expect(PreviousURL).toBe('//example.com/kurs/archive/2026/04/24/daily_json.js');
  });
});
