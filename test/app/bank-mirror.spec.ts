import { asking, hasDictionary } from '../support/bank-scripts.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { databases } from '../support/databases.js';
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
import { withKurs } from '../support/with-kurs.js';

const ERROR =
  '<?xml version="1.0" encoding="windows-1251"?><ValCurs>\r\n Error in parameters\r\n</ValCurs>';
const SATURDAY = sheetXml('25.04.2026', [USD, EUR, JPY, IRR]);
const FRIDAY = sheetXml('24.04.2026', [at(USD, '74,0000'), EUR, JPY]);

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
