import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { bankDocuments } from '../support/bank-documents.js';
import type { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { encode1251, type SeriesPoint } from '../support/sheet-builder.js';
import { postSoap, soapEnvelope } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

/** A figure as the bank printed it, with a decimal point. */
interface Figure {
  id: string;
  /** Letter and numeric code; empty in some sheets of the 1990s. */
  code: string;
  num: string;
  nominal: string;
  value: string;
}

interface DailyJson {
  Valute: Record<string, { ID: string; Nominal: number; Value: number }>;
}

interface V1Rate {
  code: string;
  nominal: number;
  value: string;
  effective_date: string;
}

const ARCHIVE = resolve('../shared/cbr-data/archive');
const DOCUMENTS = bankDocuments.at(-1) ?? bankDocuments[0];
const VALUTE = /<Valute ID="(\w+)">(.*?)<\/Valute>/gs;

const inside = (xml: string, name: string) =>
  new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1] ?? '';
const withPoint = (text: string) => text.replaceAll('\u00a0', '').replace(',', '.');
const decode = (bytes: ArrayBuffer | Buffer) => new TextDecoder('windows-1251').decode(bytes);

function figuresIn(sheet: string): Figure[] {
  return [...sheet.matchAll(VALUTE)].map(([, id = '', xml = '']) => ({
    ...{ id, code: inside(xml, 'CharCode'), num: inside(xml, 'NumCode') },
    ...{ nominal: inside(xml, 'Nominal'), value: withPoint(inside(xml, 'Value')) },
  }));
}

/** Every recorded sheet, by date; without the recorded archive those that are built from tables. */
function recordedSheets(): Map<string, { bytes: Buffer; figures: Figure[] }> {
  const own = ['2016-08-23', '2016-12-09', '2026-04-25'].map((date) => DOCUMENTS?.sheet(date));
  const archived = (existsSync(ARCHIVE) ? readdirSync(ARCHIVE) : []).map((name) =>
    encode1251(readFileSync(join(ARCHIVE, name), 'utf8')),
  );
  const sheets = [...archived, ...own].flatMap((bytes) => bytes ?? []);
  return new Map(
    sheets.map((bytes) => {
      const text = decode(bytes);
      const [, day, month, year] = /Date="(\d\d)\.(\d\d)\.(\d{4})"/.exec(text) ?? [];
      return [`${year}-${month}-${day}`, { bytes, figures: figuresIn(text) }];
    }),
  );
}

/** Series that has the records of an ID: the Latvian rouble is in that of the lat. */
const seriesOf = (id: string) => (id === 'R01406' ? 'R01405' : id);
/** The Belarusian rouble of the 1990s, which is in sheets and in no series. */
const WITHOUT_SERIES = 'R01090A';

const SHEETS = recordedSheets();
const DAYS = [...SHEETS.keys()].sort();

function publishAll(bank: FakeBank): void {
  const series = new Map<string, SeriesPoint[]>();
  for (const day of DAYS) {
    const { bytes, figures } = SHEETS.get(day) ?? { bytes: '', figures: [] };
    bank.publish(bytes);
    for (const { id, nominal, value } of figures) {
      const point = { id, date: day, nominal: Number(nominal), value: value.replace('.', ',') };
      const owner = seriesOf(id);
      if (id !== WITHOUT_SERIES) series.set(owner, [...(series.get(owner) ?? []), point]);
    }
  }
  for (const [id, points] of series) bank.record(id, points);
  bank.misbehaveOnHistory((request, response) => {
    if (request.url?.includes('XML_valFull')) response.end(DOCUMENTS?.dictionary());
  });
}

describe.each([
  { by: 'series', loads: [loadHistory] },
  { by: 'sheets and series', loads: [loadSheets, loadHistory] },
])('every figure that the bank printed, loaded by $by', ({ loads }) => {
  const { kurs } = withKurs({
    ...{ clock: '2026-04-25T09:00:00Z', once: true },
    settings: { RATE_LIMIT_PER_MINUTE: '0' },
    prepare: ({ bank }) => publishAll(bank),
  });
  const text = async (path: string) => {
    const answer = await fetch(`${kurs.url}${path}`);
    return decode(await answer.arrayBuffer());
  };
  const dotted = (day: string) => day.split('-').reverse().join('.');
  const number = (figure: string) => String(Number(figure));
  const byId = ({ id, nominal, value }: Figure) => `${id} ${nominal} ${value}`;
  const expectEach = async (
    line: (figure: Figure) => string,
    read: (day: string) => Promise<string[]>,
    isThere: (figure: Figure) => boolean = () => true,
  ) => {
    let count = 0;
    for (const day of DAYS) {
      const figures = (SHEETS.get(day)?.figures ?? []).filter(isThere);
      expect([day, (await read(day)).sort()]).toEqual([day, figures.map(line).sort()]);
      count += figures.length;
    }
    expect(count).toBeGreaterThan(100);
  };

  beforeAll(async () => {
    for (const load of loads) {
      expect(await load(kurs, { from: '1992-07-01' })).toMatchObject({ missing: [] });
    }
  }, 120_000);

  it.each(['XML_daily.asp', 'XML_daily_eng.asp'])('is in %s', async (script) => {
    await expectEach(byId, async (day) => {
      const sheet = figuresIn(await text(`/scripts/${script}?date_req=${dotted(day)}`));
      return sheet.map(byId);
    });
  });

  it('is in XML_dynamic, and in the history for 1C', async () => {
    const printed = new Map<string, string[]>();
    const numbers = new Map<string, string>();
    for (const day of DAYS) {
      for (const { id, num, nominal, value } of SHEETS.get(day)?.figures ?? []) {
        printed.set(id, [...(printed.get(id) ?? []), `${day} ${nominal} ${value}`]);
        if (num !== '') numbers.set(id, num);
      }
    }
    const range = 'date_req1=01/07/1992&date_req2=25/04/2026';
    const record = /<Record Date="([\d.]+)" Id="(\w+)">(.*?)<\/Record>/gs;
    printed.delete(WITHOUT_SERIES);
    for (const [id, lines] of printed) {
      const series = await text(`/scripts/XML_dynamic.asp?${range}&VAL_NM_RQ=${seriesOf(id)}`);
      // The series of a parent has the records of its children too.
      const own = [...series.matchAll(record)].filter(([, , owner]) => owner === id);
      const read = own.map(([, date = '', , xml = '']) => {
        const day = date.split('.').reverse().join('-');
        return `${day} ${inside(xml, 'Nominal')} ${withPoint(inside(xml, 'Value'))}`;
      });
      expect([id, read]).toEqual([id, lines]);
      const history = await text(`/tsv/cb/${numbers.get(id) ?? ''}.tsv`);
      const held = new Set(history.split('\n').map((line) => line.replaceAll('\t', ' ')));
      const missing = lines.filter((line) => !held.has(line.replaceAll('-', '')));
      expect([id, numbers.has(id) ? missing : []]).toEqual([id, []]);
    }
  });

  it('is in the JSON of its day', async () => {
    await expectEach(
      ({ id, nominal, value }) => `${id} ${nominal} ${number(value)}`,
      async (day) => {
        const path = `/archive/${day.replaceAll('-', '/')}/daily_json.js`;
        const { Valute: all } = await getJson<DailyJson>(`${kurs.url}${path}`);
        return Object.values(all).map(({ ID, Nominal, Value }) => `${ID} ${Nominal} ${Value}`);
      },
    );
  });

  it('is in SOAP', async () => {
    await expectEach(
      ({ nominal, value }) => `${nominal} ${value}`,
      async (day) => {
        const call = soapEnvelope('GetCursOnDateXML', { On_date: day });
        const answer = await (await postSoap(kurs.url, call)).text();
        return [...answer.matchAll(/<ValuteCursOnDate>(.*?)<\/ValuteCursOnDate>/gs)].map(
          ([, xml = '']) => `${inside(xml, 'Vnom')} ${inside(xml, 'Vcurs')}`,
        );
      },
    );
  });

  it('is under /v1', async () => {
    await expectEach(
      ({ nominal, value }) => `${nominal} ${value}`,
      async (day) => {
        const rates = await getJson<V1Rate[]>(`${kurs.url}/v1/rates?from=${day}&to=${day}`);
        return rates.map(({ nominal, value }) => `${nominal} ${value}`);
      },
    );
  });
});
