import type { CalendarDate } from '../common/calendar-date.js';
import { DEMO_CURRENCIES, type DemoCurrency } from './demo-currencies.js';
import { fixings } from './demo-figures.js';

const DECLARATION = '<?xml version="1.0" encoding="windows-1251"?>';
const REFUSAL = 'Error in parameters';

/** The bank's answer to a request that it cannot serve; its status is 200. */
export function refusal(): Buffer {
  return encode1251(`${DECLARATION}<ValCurs>${REFUSAL}</ValCurs>`);
}

/** `XML_daily`: all currencies of one date. */
export function sheetXml(date: CalendarDate): Buffer {
  const rows = DEMO_CURRENCIES.map((currency) => {
    const value = fixings(currency, date).get(date) ?? '';
    const { id, num, code, nominal, name } = currency;
    return (
      `<Valute ID="${id}"><NumCode>${num}</NumCode><CharCode>${code}</CharCode>` +
      `<Nominal>${nominal}</Nominal><Name>${name}</Name><Value>${value}</Value></Valute>`
    );
  });
  const head = `<ValCurs Date="${dotted(date)}" name="Foreign Currency Market">`;
  return encode1251(`${DECLARATION}${head}${rows.join('')}</ValCurs>`);
}

/** `XML_dynamic`: the fixings of one currency, of an unknown ID none, from `from` to `to`, none later than `newest`. */
export function seriesXml(
  currency: DemoCurrency | string,
  { from, to, newest }: { from: CalendarDate; to: CalendarDate; newest: CalendarDate },
): Buffer {
  const { id, nominal } = typeof currency === 'string' ? { id: currency, nominal: 1 } : currency;
  const known = typeof currency === 'string' ? [] : [...fixings(currency, newest)];
  const records = known
    .filter(([date]) => from <= date && date <= to)
    .map(
      ([date, value]) =>
        `<Record Date="${dotted(date)}" Id="${id}"><Nominal>${nominal}</Nominal><Value>${value}</Value></Record>`,
    );
  const head =
    `<ValCurs ID="${/^R\w{1,6}$/.test(id) ? id : ''}" DateRange1="${dotted(from)}" DateRange2="${dotted(to)}" ` +
    'name="Foreign Currency Market Dynamic">';
  return encode1251(`${DECLARATION}${head}${records.join('')}</ValCurs>`);
}

/** `XML_valFull`, and `XML_val`, which lacks the ISO codes. */
export function dictionaryXml({ isFull }: { isFull: boolean }): Buffer {
  const items = DEMO_CURRENCIES.map(({ id, nominal, num, code, name, nameEn }) => {
    const codes = isFull
      ? `<ISO_Num_Code>${num}</ISO_Num_Code><ISO_Char_Code>${code}</ISO_Char_Code>`
      : '';
    return (
      `<Item ID="${id}"><Name>${name}</Name><EngName>${nameEn}</EngName><Nominal>${nominal}</Nominal>` +
      `<ParentCode>${id.padEnd(10)}</ParentCode>${codes}</Item>`
    );
  });
  const head = '<Valuta name="Foreign Currency Market Lib">';
  return encode1251(`${DECLARATION}${head}${items.join('')}</Valuta>`);
}

function dotted(date: CalendarDate): string {
  return date.split('-').reverse().join('.');
}

const CYRILLIC = { first: 'А'.charCodeAt(0), last: 'я'.charCodeAt(0), byte: 0xc0 };

/** ASCII and Russian letters in the bank's encoding: names here have no other characters. */
function encode1251(text: string): Buffer {
  const { first, last, byte } = CYRILLIC;
  return Buffer.from(
    Array.from(text, (letter) => {
      const unit = letter.charCodeAt(0);
      return unit >= first && unit <= last ? unit - first + byte : unit;
    }),
  );
}
