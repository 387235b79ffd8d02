import { bankDocuments } from '../support/bank-documents.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { DICTIONARY } from '../support/history.js';
import { askRaw } from '../support/raw-answer.js';
import {
  at,
  encode1251,
  EUR,
  IRR,
  JPY,
  seriesXml,
  sheetXml,
  USD,
} from '../support/sheet-builder.js';
import { type KursFixture, withKurs } from '../support/with-kurs.js';

const ERROR =
  '<?xml version="1.0" encoding="windows-1251"?><ValCurs>\r\n Error in parameters\r\n</ValCurs>';
const SATURDAY = sheetXml('25.04.2026', [USD, EUR, JPY, IRR]);
const FRIDAY = sheetXml('24.04.2026', [at(USD, '74,0000'), EUR, JPY]);

type AskInit = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** Asks a script of the bank. */
function asking({ kurs }: KursFixture) {
  return async (path: string, { headers: more, ...init }: AskInit = {}) => {
    const sent = { 'Accept-Encoding': 'identity', ...more };
    const response = await fetch(`${kurs.url}/scripts/${path}`, { ...init, headers: sent });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = new TextDecoder('windows-1251').decode(bytes);
    const { status, headers } = response;
    return { status, bytes, text, headers, type: headers.get('content-type') };
  };
}

const hasDictionary = (ask: ReturnType<typeof asking>) =>
  eventually('the dictionary', async () => (await ask('XML_valFull.asp')).status === 200);

describe.each(bankDocuments)("the bank's documents, $edition", (documents) => {
  const fixture = withKurs({
    sheets: [documents.sheet('2016-12-09'), documents.sheet('2026-04-25')],
    clock: '2026-04-26T09:00:00Z',
    once: true,
    prepare: ({ bank }) => {
      bank.misbehaveOnHistory((request, response) => {
        const url = new URL(request.url ?? '/', 'http://bank');
        const id = url.searchParams.get('VAL_NM_RQ');
        if (id === null) response.end(documents.dictionary());
        else if (documents.seriesIds.includes(id)) response.end(documents.series(id));
      });
    },
  });
  const ask = asking(fixture);

  beforeAll(() => hasDictionary(ask));

  it.each(['', '?date_req=26/04/2026', '?date_req=27.4.2026', '?date_req=1%2F1%2F2030'])(
    'go out byte for byte: %s',
    async (query) => {
      const { status, bytes, type, headers } = await ask(`XML_daily.asp${query}`);
      expect(status).toBe(200);
      expect(bytes.equals(documents.sheet('2026-04-25'))).toBe(true);
      expect(type).toBe('text/xml; charset=windows-1251');
      expect(headers.get('kurs-built')).toBeNull();
      expect(headers.get('content-length')).toBe(String(bytes.length));
    },
  );

  it('include the dictionary; without ISO codes it is built', async () => {
    const full = await ask('xml_valfull.ASP?d=0');
    expect(full.bytes.equals(documents.dictionary())).toBe(true);
    expect(full.type).toBe('application/xml; charset=windows-1251');
    expect(full.headers.get('kurs-built')).toBeNull();
    const short = await ask('XML_val.asp?d=1');
    expect(short.headers.get('kurs-built')).toBe('true');
    expect(short.text).not.toContain('ISO_');
    expect(short.text.match(/<Item /g)).toHaveLength(83);
    expect(short.text).toMatch(/<ParentCode>R01235 {4}<\/ParentCode>\s*<\/Item>/);
  });

  it('have English names on request, and nothing else is changed', async () => {
    const { text, headers, type } = await ask('XML_daily_eng.asp?date_req=26/04/2026');
    expect(type).toBe('text/xml; charset=windows-1251');
    expect(headers.get('kurs-built')).toBe('true');
    expect(text).toContain('<Name>US Dollar</Name>');
    const withoutNames = (xml: string) => xml.replace(/<Name>[^<]*<\/Name>/g, '');
    const sheet = new TextDecoder('windows-1251').decode(documents.sheet('2026-04-25'));
    expect(withoutNames(text)).toBe(withoutNames(sheet));
  });

  it('are built like the recorded ones of a range of days, byte for byte', async () => {
    await loadHistory(fixture.kurs, { from: '2026-03-01', to: '2026-03-05' });
    for (const id of documents.seriesIds) {
      const range = 'date_req1=01/03/2026&date_req2=05/03/2026';
      const { bytes, headers, type } = await ask(`XML_dynamic.asp?${range}&VAL_NM_RQ=${id}`);
      expect([id, bytes.toString('latin1')]).toEqual([id, documents.series(id).toString('latin1')]);
      expect(headers.get('kurs-built')).toBe('true');
      expect(type).toBe('application/xml; charset=windows-1251');
    }
  });
});

describe.each(databases)("the bank's scripts on $engine", ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [FRIDAY, SATURDAY],
    clock: '2026-04-25T09:00:00Z',
    once: true,
    prepare: ({ bank }) => {
      bank.list(DICTIONARY);
      bank.record('R01235', [
        { date: '1993-03-02', value: '653,0000' },
        { date: '1997-12-30', value: '5\u00a0960,0000' },
        { date: '1998-01-01', value: '5,9600' },
        { date: '2026-04-23', value: '73,5000' },
        { date: '2026-04-24', value: '74,0000' },
        { date: '2026-04-25', value: '75,5273' },
      ]);
      bank.record('R01060', [
        { date: '1993-03-03', value: '1,2500', nominal: 10 },
        { date: '2026-04-23', value: '0,0539', nominal: 1_000 },
      ]);
      bank.record('R01700J', [{ date: '2026-04-23', value: '1,5000', id: 'R01700J' }]);
    },
  });
  const { kurs } = fixture;
  const ask = asking(fixture);
  const series = (range: string, id: string) =>
    ask(
      `XML_dynamic.asp?${range.replace(/(\S+) (\S+)/, 'date_req1=$1&date_req2=$2')}&VAL_NM_RQ=${id}`,
    );

  beforeAll(async () => {
    await hasDictionary(ask);
    await loadHistory(kurs, { from: '1993-03-01', to: '1998-02-01' });
    await loadHistory(kurs, { from: '2026-04-20' });
    await loadSheets(kurs, { from: '2026-04-24' });
  });

  it.each([
    ['before the first sheet', 'date_req=30/06/1992'],
    ['of no calendar', 'date_req=31/04/2026'],
    ['in another form', 'date_req=2026-04-25'],
    ['that is none', 'date_req=%ff'],
  ])('answer a day %s as the bank does', async (_, query) => {
    for (const script of ['XML_daily.asp', 'XML_daily_eng.asp']) {
      const { status, text, type } = await ask(`${script}?${query}`);
      expect([status, text]).toEqual([200, ERROR]);
      expect(type).toBe('text/xml; charset=windows-1251');
    }
  });

  it('answer a day that is not loaded with 503 and Retry-After, never with an older sheet', async () => {
    for (const path of [
      'XML_daily.asp?date_req=15/06/2011',
      'XML_daily_eng.asp?date_req=15/06/2011',
      'XML_dynamic.asp?date_req1=01/01/2011&date_req2=26/04/2026&VAL_NM_RQ=R01235',
    ]) {
      const { status, text, headers, type } = await ask(path);
      expect([path, status]).toEqual([path, 503]);
      expect(JSON.parse(text)).toMatchObject({ code: 'rates.sheet_not_loaded' });
      expect(type).toMatch('application/problem+json');
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('answer with the sheet in force on a day, with its own date', async () => {
    expect((await ask('xml_DAILY.ASP?DATE_REQ=24.04.2026&d=0')).text).toBe(FRIDAY);
    expect((await ask('XML_daily.asp?date_req=')).text).toBe(SATURDAY);
    expect((await ask('XML_daily.asp?date_req=26%2F4%2F2026')).text).toBe(SATURDAY);
  });

  it('build a sheet that is not stored: four decimals, unit rates, codes, the order of IDs', async () => {
    const { text, headers } = await ask('XML_daily.asp?date_req=23/04/2026');
    expect(headers.get('kurs-built')).toBe('true');
    const valute = (id: string, num: string, code: string, rest: string) =>
      `<Valute ID="${id}"><NumCode>${num}</NumCode><CharCode>${code}</CharCode>${rest}</Valute>`;
    const expected = [
      valute(
        ...(['R01060', '051', 'AMD'] as const),
        '<Nominal>1000</Nominal><Name>Армянский драм</Name><Value>0,0539</Value><VunitRate>5,39E-05</VunitRate>',
      ),
      valute(
        ...(['R01235', '840', 'USD'] as const),
        '<Nominal>1</Nominal><Name>Доллар США</Name><Value>73,5000</Value><VunitRate>73,5</VunitRate>',
      ),
      valute(
        ...(['R01700J', '949', 'TRY'] as const),
        '<Nominal>1</Nominal><Name>Турецкая лира</Name><Value>1,5000</Value><VunitRate>1,5</VunitRate>',
      ),
    ];
    expect(text).toBe(
      `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="23.04.2026" name="Foreign Currency Market">${expected.join('')}</ValCurs>`,
    );
    const { text: english } = await ask('XML_daily_eng.asp?date_req=23/04/2026');
    expect(english).toBe(
      text
        .replace('Армянский драм', 'Armenian Dram')
        .replace('Доллар США', 'US Dollar')
        .replace('Турецкая лира', 'Turkish Lira'),
    );
  });

  it('build the small sheets that the 1990s had beside whole ones', async () => {
    const { text } = await ask('XML_daily.asp?date_req=04/03/1993');
    expect(text).toContain('<ValCurs Date="03.03.1993"');
    expect(text).toContain('<CharCode>AMD</CharCode>');
    expect(text).not.toContain('USD');
    expect((await ask('XML_daily.asp?date_req=02/03/1993')).text).toContain('Date="02.03.1993"');
  });

  it('group thousands before 1998 in series, and not in sheets', async () => {
    const { bytes } = await series('30/12/1997 01.1.1998', 'R01235');
    expect(bytes).toEqual(
      encode1251(
        seriesXml('R01235', '1997-12-30', '1998-01-01', [
          { date: '1997-12-30', value: '5\u00a0960,0000', unitRate: '5960' },
          { date: '1998-01-01', value: '5,9600', unitRate: '5,96' },
        ]),
      ),
    );
    expect((await ask('XML_daily.asp?date_req=31/12/1997')).text).toContain('<Value>5960,0000<');
  });

  it('have no records of days without fixings, of unknown IDs, and of the future', async () => {
    for (const [range, id] of [
      ['02/02/1998 02/02/1998', 'R09999'],
      ['26/04/2026 31/12/2030', 'R01235'],
      ['25/04/2026 24/04/2026', 'R01235'],
      ['01/01/1990 01/02/1990', 'R01235'],
    ] as const) {
      const { status, text } = await series(range, id);
      const [from = '', to = ''] = range
        .split(' ')
        .map((day) => day.split('/').reverse().join('-'));
      expect([range, status, text]).toEqual([range, 200, seriesXml(id, from, to, [])]);
    }
  });

  it('take IDs with blanks around, repeat them without, and escape what is none', async () => {
    expect((await series('24/04/2026 25/04/2026', 'R01235%20%20%20')).text).toMatch(
      /^<\?xml [^>]*><ValCurs ID="R01235" DateRange1="24.04.2026" DateRange2="25.04.2026"[^>]*>(?:<Record .*?<\/Record>){2}<\/ValCurs>$/,
    );
    const { status, text } = await series('24/04/2026 25/04/2026', '%22%3E%3C%26');
    expect([status, text]).toEqual([200, expect.stringContaining('ID="&quot;&gt;&lt;&amp;"')]);
  });

  it('answer about a parent with the records of its children, each under its own ID', async () => {
    const { text } = await series('20/04/2026 25/04/2026', 'R01700');
    expect(text).toContain('<ValCurs ID="R01700"');
    expect(text).toContain('<Record Date="23.04.2026" Id="R01700J">');
  });

  it.each([
    'XML_dynamic.asp',
    'XML_dynamic.asp?date_req1=01/01/2026&date_req2=02/01/2026',
    'XML_dynamic.asp?date_req1=01/01/2026&VAL_NM_RQ=R01235',
    'XML_dynamic.asp?date_req1=01/13/2026&date_req2=02/01/2026&VAL_NM_RQ=R01235',
    'xml_metall.asp?date_req1=01/01/2026&date_req2=02/01/2026',
  ])('answer "Error in parameters" to %s', async (path) => {
    const { status, text, type } = await ask(path);
    expect([status, text]).toEqual([200, ERROR]);
    expect(type).toBe('application/xml; charset=windows-1251');
  });

  it('answer HEAD with the head of GET', async () => {
    for (const path of [
      'XML_daily.asp',
      'XML_dynamic.asp?date_req1=24/04/2026&date_req2=25/04/2026&VAL_NM_RQ=R01235',
    ]) {
      const get = await ask(path);
      const head = await ask(path, { method: 'HEAD' });
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      for (const name of ['content-type', 'etag', 'kurs-built']) {
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      }
    }
  });

  it('answer under any host, with ETag and 304, and are kept by the response cache', async () => {
    const path = '/scripts/XML_daily.asp?date_req=24/04/2026';
    const first = await askRaw(`${kurs.url}${path}`, {
      headers: { host: 'www.cbr.ru', accept: '*/*' },
    });
    const again = await askRaw(`${kurs.url}${path}`, {
      headers: { host: 'www.cbr.ru', accept: '*/*' },
    });
    expect(again.body.equals(encode1251(FRIDAY))).toBe(true);
    expect(again.headers.etag).toBe(first.headers.etag);
    const known = await ask('XML_daily.asp?date_req=24/04/2026', {
      headers: { 'If-None-Match': String(first.headers.etag) },
    });
    expect(known.status).toBe(304);
  });
});

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

describe("the bank's scripts without a dictionary", () => {
  const fixture = withKurs({ sheets: [SATURDAY], clock: '2026-04-25T09:00:00Z', once: true });
  const ask = asking(fixture);

  it.each([
    'XML_val.asp',
    'XML_valFull.asp',
    'XML_daily_eng.asp',
    'XML_dynamic.asp?date_req1=25/04/2026&date_req2=25/04/2026&VAL_NM_RQ=R01235',
  ])('answer 503 to %s', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ code: 'rates.sheet_not_loaded' });
  });
});
