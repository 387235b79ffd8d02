import { unitRate } from '../../common/rate-arithmetic.js';
import type { Quotation } from '../../common/decimal.js';
import { SheetNotLoadedError, type StoredVersion } from '../../rates/model/index.js';
import type { OfficialSheet } from '../../rates/reading/index.js';
import { dottedDate } from './bank-date.js';
import { bankDecimal } from './bank-decimal.js';
import { xmlText } from './xml-text.js';

const VALUTE = /<Valute ID="([^"]*)">.*?<\/Valute>/gs;
const NAME = /<Name>[^<]*<\/Name>/;
/** Smaller unit rates are in scientific notation. */
const LEADING_ZEROS = /^0\.0000(0*)([1-9])(\d*)$/;

/** The document of a sheet in the bank's form (`XML_daily`), whose own is not stored. */
export function builtSheet({ date, fixings }: Pick<OfficialSheet, 'date' | 'fixings'>): string {
  return (
    '<?xml version="1.0" encoding="windows-1251"?>' +
    `<ValCurs Date="${dottedDate(date)}" name="Foreign Currency Market">` +
    `${fixings.map(valuteXml).join('')}</ValCurs>`
  );
}

/**
 * The document of a sheet with the English names of the dictionary. A currency that the dictionary lacks keeps its
 * Russian name.
 *
 * @throws SheetNotLoadedError while the dictionary is not loaded
 */
export function withEnglishNames(document: string, { fixings }: OfficialSheet): string {
  const names = new Map(fixings.map(({ cbr_id, name_en }) => [cbr_id ?? '', name_en]));
  if ([...names.values()].every((name) => name === null)) {
    throw new SheetNotLoadedError('The dictionary of currencies');
  }
  return document.replace(VALUTE, (valute, id: string) => {
    const name = names.get(id);
    return name ? valute.replace(NAME, () => `<Name>${xmlText(name)}</Name>`) : valute;
  });
}

/** `value ÷ nominal` as the bank prints it: `0,472636`, `5,39256E-05`. */
export function bankUnitRate(quotation: Quotation): string {
  return unitRate(quotation)
    .replace(LEADING_ZEROS, (_, zeros: string, first: string, rest: string) => {
      const exponent = String(zeros.length + 5).padStart(2, '0');
      return `${first}${rest === '' ? '' : `.${rest}`}E-${exponent}`;
    })
    .replace('.', ',');
}

function valuteXml({ cbr_id, code, num_code, name, nominal, value }: StoredVersion): string {
  const id = cbr_id ?? '';
  // A currency without a letter code is known by its ID; its sheets have neither code.
  const codes =
    code === id ? '' : `<NumCode>${num_code ?? ''}</NumCode><CharCode>${xmlText(code)}</CharCode>`;
  return (
    `<Valute ID="${xmlText(id)}">${codes}<Nominal>${nominal}</Nominal>` +
    `<Name>${xmlText(name)}</Name><Value>${bankDecimal(value).replace('.', ',')}</Value>` +
    `<VunitRate>${bankUnitRate({ nominal, value })}</VunitRate></Valute>`
  );
}
