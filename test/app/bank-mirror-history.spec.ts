import { addDays, type CalendarDate } from '../../src/common/calendar-date.js';
import { loadHistory, loadSheets } from '../support/command-load.js';
import { dotted, OLD_TIMES, oldSheets, openOldBank } from '../support/old-bank.js';
import { sheetXml } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const decode = (bytes: ArrayBuffer) => new TextDecoder('windows-1251').decode(bytes);
const SHEETS = oldSheets();
const inForceOn = (day: CalendarDate) => SHEETS.findLast(({ date }) => date <= day);
const DAYS = OLD_TIMES.flatMap(({ from, to }) => {
  const days: CalendarDate[] = [];
  // The first sheet of the times is not on their first day.
  for (let day = addDays(from, 6); day <= to; day = addDays(day, 1)) days.push(day);
  return days;
});

const figuresOf = (xml: string) =>
  xml.replace(/<VunitRate>[^<]*<\/VunitRate>|<Name>[^<]*<\/Name>/g, '');

describe.each([
  { by: 'series', load: loadHistory },
  { by: 'sheets', load: loadSheets },
])("the bank's sheets of old times, loaded by $by", ({ by, load }) => {
  const { kurs, bank } = withKurs({
    clock: '2026-04-25T09:00:00Z',
    once: true,
    prepare: ({ bank: old }) => openOldBank(old),
  });

  const get = async (path: string) => {
    const response = await fetch(`${kurs.url}/scripts/${path}`);
    return { response, text: decode(await response.arrayBuffer()) };
  };
  const sheetOf = (day: CalendarDate) => get(`XML_daily.asp?date_req=${dotted(day)}`);

  beforeAll(async () => {
    expect(await load(kurs, { from: '1992-07-01' })).toMatchObject({ missing: [] });
  });

  it('are those in force day by day: small sheets too, and without monthly currencies', async () => {
    for (const day of DAYS) {
      const { response, text } = await sheetOf(day);
      const { date = day, valutes = [] } = inForceOn(day) ?? {};
      const isBuilt = response.headers.get('kurs-built') === 'true';
      // BYB is in no series: its sheets are loaded and stored.
      expect(isBuilt).toBe(by === 'series' && !(date >= '1994-01-14' && date <= '1999-12-30'));
      const inOrder = [...valutes].sort((one, other) => (one.id < other.id ? -1 : 1));
      const expected = sheetXml(dotted(date), isBuilt ? inOrder : valutes);
      const shown = (xml: string) => (isBuilt ? figuresOf(xml) : xml);
      expect([day, shown(text)]).toEqual([day, shown(expected)]);
    }
  });

  it("are the bank's bytes when both sheets and series are loaded, in either order", async () => {
    await (by === 'series' ? loadSheets : loadHistory)(kurs, { from: '1992-07-01' });
    for (const day of ['1998-02-04', '2009-11-30', '2009-12-01', '2010-01-12'] as CalendarDate[]) {
      const { response, text } = await sheetOf(day);
      const { date = day, valutes = [] } = inForceOn(day) ?? {};
      expect([day, text]).toEqual([day, sheetXml(dotted(date), valutes)]);
      expect(response.headers.get('kurs-built')).toBeNull();
    }
  });

  it('have the records of a series, digit for digit, of a parent the records of its children', async () => {
    const range = 'date_req1=01/11/1997&date_req2=28/02/2010';
    for (const id of ['R01235', 'R01100', 'R01405', 'R01335']) {
      const theirs = await fetch(`${bank.url}/scripts/XML_dynamic.asp?${range}&VAL_NM_RQ=${id}`);
      const { text } = await get(`XML_dynamic.asp?${range}&VAL_NM_RQ=${id}`);
      const expected = decode(await theirs.arrayBuffer());
      // Not the whole texts: they are long.
      expect(text.split('<Record').length).toBe(expected.split('<Record').length);
      expect(text === expected).toBe(true);
    }
  });
});
