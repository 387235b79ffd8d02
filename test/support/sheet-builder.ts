/** A currency in a document; figures as the bank prints them, with a decimal comma. */
export interface Valute {
  id: string;
  num: string;
  code: string;
  nominal: number | string;
  name: string;
  value: string;
  unitRate?: string;
}

export const USD: Valute = {
  id: 'R01235',
  num: '840',
  code: 'USD',
  nominal: 1,
  name: 'Доллар США',
  value: '75,5273',
  unitRate: '75,5273',
};
export const EUR: Valute = {
  id: 'R01239',
  num: '978',
  code: 'EUR',
  nominal: 1,
  name: 'Евро',
  value: '88,1020',
  unitRate: '88,102',
};
export const JPY: Valute = {
  id: 'R01820',
  num: '392',
  code: 'JPY',
  nominal: 100,
  name: 'Иен',
  value: '47,2636',
  unitRate: '0,472636',
};
export const IRR: Valute = {
  id: 'R01300',
  num: '364',
  code: 'IRR',
  nominal: 1_000_000,
  name: 'Иранских риалов',
  value: '53,9256',
  unitRate: '5,39256E-05',
};

/** Many additional currencies, from `R90001`, each with its own figure. */
export function manyValutes(count: number): Valute[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `R9${String(index + 1).padStart(4, '0')}`,
    num: String(index),
    code: `X${String(index).padStart(3, '0')}`,
    nominal: 10 ** (index % 4),
    name: `Валюта № ${index}`,
    value: `${index + 10},${String(index).padStart(4, '5')}`,
  }));
}

/** The same currency with another value, without the unit rate, which would contradict it. */
export function at(valute: Valute, value: string, nominal = valute.nominal): Valute {
  const { unitRate: _, ...rest } = valute;
  return { ...rest, value, nominal };
}

/** `XML_daily` for `date` (dd.mm.yyyy), on one line like the bank's. */
export function sheetXml(date: string, valutes: Valute[]): string {
  return (
    `<?xml version="1.0" encoding="windows-1251"?>` +
    `<ValCurs Date="${date}" name="Foreign Currency Market">${valutes.map(valuteXml).join('')}</ValCurs>`
  );
}

function valuteXml({ id, num, code, nominal, name, value, unitRate }: Valute): string {
  // In the 1990s some had neither code.
  const codes = code === '' ? '' : `<NumCode>${num}</NumCode><CharCode>${code}</CharCode>`;
  return (
    `<Valute ID="${id}">${codes}` +
    `<Nominal>${nominal}</Nominal><Name>${name}</Name><Value>${value}</Value>` +
    `${unitRateXml(unitRate)}</Valute>`
  );
}

/** Older documents lack it. */
function unitRateXml(unitRate: string | undefined): string {
  return unitRate === undefined ? '' : `<VunitRate>${unitRate}</VunitRate>`;
}

/** Record of a series; figures as the bank prints them. */
export interface SeriesPoint {
  /** yyyy-mm-dd. */
  date: string;
  value: string;
  nominal?: number;
  unitRate?: string;
  /** ID of the record, if it differs from the requested one. */
  id?: string;
}

/** `XML_dynamic` of one currency, days as yyyy-mm-dd. */
export function seriesXml(id: string, from: string, to: string, points: SeriesPoint[]): string {
  const records = points.map(
    ({ date, value, nominal = 1, unitRate, id: owner = id }) =>
      `<Record Date="${dotted(date)}" Id="${owner}"><Nominal>${nominal}</Nominal>` +
      `<Value>${value}</Value>${unitRateXml(unitRate)}</Record>`,
  );
  return (
    `<?xml version="1.0" encoding="windows-1251"?>` +
    `<ValCurs ID="${id}" DateRange1="${dotted(from)}" DateRange2="${dotted(to)}" ` +
    `name="Foreign Currency Market Dynamic">${records.join('')}</ValCurs>`
  );
}

function dotted(date: string): string {
  return date.split('-').reverse().join('.');
}

/** Entry of the dictionary; the two without a letter code have an empty one. */
export interface DictionaryItem {
  id: string;
  parent?: string;
  nominal?: string;
  num: string;
  code: string;
  name: string;
  nameEn: string;
}

/** `XML_valFull`, with parent codes padded by spaces like the bank's. */
export function dictionaryXml(items: DictionaryItem[]): string {
  const listed = items.map(
    ({ id, parent = id, nominal = '1', num, code, name, nameEn }) =>
      `<Item ID="${id}"><Name>${name}</Name><EngName>${nameEn}</EngName><Nominal>${nominal}</Nominal>` +
      `<ParentCode>${parent.padEnd(10)}</ParentCode><ISO_Num_Code>${num}</ISO_Num_Code>` +
      `<ISO_Char_Code>${code}</ISO_Char_Code></Item>`,
  );
  return `<?xml version="1.0" encoding="windows-1251"?><Valuta name="Foreign Currency Market Lib">${listed.join('')}</Valuta>`;
}

const bytesOf = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(byte)).charCodeAt(0),
    byte,
  ]),
);

/**
 * Encodes text in the bank's encoding, fast enough for documents of megabytes. @throws on a character outside
 * windows-1251
 */
export function encode1251(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const byte = bytesOf.get(unit);
    if (byte === undefined) throw new Error(`windows-1251 has no "${text[index]}"`);
    bytes[index] = byte;
  }
  return bytes;
}
