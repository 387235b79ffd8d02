import { type BadAnswer, changed, document, OLDER } from './bad-answer.js';
import { sheetXml } from '../support/sheet-builder.js';

const usdValue = (name: string, value: string) =>
  changed(name, 'unreadable_number', '<Value>76,0000<', `<Value>${value}<`);
const usdNominal = (name: string, nominal: string) =>
  changed(name, 'unreadable_number', '<Nominal>1<', `<Nominal>${nominal}<`);
const eurUnitRate = (name: string, code: string, rate: string) =>
  changed(name, code, '<VunitRate>88,102<', `<VunitRate>${rate}<`);
const dated = (name: string, code: string, date: string) =>
  changed(name, code, 'Date="22.04.2026"', date === '' ? '' : `Date="${date}"`);

/** Well-formed sheets with invalid content. */
export const BAD_FIGURES: BadAnswer[] = [
  usdValue('a negative value', '-76,0000'),
  usdValue('a value of zero', '0,0000'),
  usdValue('NaN', 'NaN'),
  usdValue('infinity', 'Infinity'),
  usdValue('a value with exponent', '7,6E1'),
  usdValue('a value in hexadecimal', '0x4C'),
  usdValue('a value of 16 digits', '760000000000,0000'),
  usdValue('a value of a million digits', '7'.repeat(1_000_000)),
  usdValue('Arabic digits', '&#1639;&#1638;,&#1632;'),
  usdValue('a letter among digits', '76,00х0'),
  usdValue('a decimal point', '76.0000'),
  usdValue('two commas', '76,00,00'),
  usdValue('wrongly grouped digits', '7 6,0000'),
  usdValue('a leading zero', '076,0000'),
  usdValue('a leading group of zeros', '0 076,0000'),
  changed('an empty value', 'missing_element', '<Value>76,0000<', '<Value><'),
  changed('a value inside an element', 'missing_element', '76,0000', '<b>76,0000</b>'),
  usdNominal('nominal 0', '0'),
  usdNominal('nominal 3', '3'),
  usdNominal('a negative nominal', '-1'),
  usdNominal('a huge nominal', '1' + '0'.repeat(30)),
  usdNominal('a broken nominal', '1,5'),
  eurUnitRate('a unit rate of another value', 'inconsistent', '88,103'),
  eurUnitRate('a unit rate of another nominal', 'inconsistent', '8,8102'),
  eurUnitRate('a unit rate that is not a number', 'unreadable_number', 'about 88'),
  eurUnitRate('a unit rate of a million digits', 'unreadable_number', '8'.repeat(1_000_000)),
  dated('no date', 'unreadable_date', ''),
  dated('an empty date', 'unreadable_date', ' '),
  dated('31 February', 'unreadable_date', '31.02.2026'),
  dated('a date in ISO format', 'unreadable_date', '2026-04-22'),
  dated('a date with a two-digit year', 'unreadable_date', '22.04.26'),
  dated('a date in words', 'unreadable_date', 'tomorrow'),
  dated('a date six weeks ahead', 'implausible_date', '05.06.2026'),
  dated('a date in another century', 'implausible_date', '22.04.2126'),
  dated('a date before the first sheet', 'implausible_date', '30.06.1992'),
  changed('no ID', 'missing_id', ' ID="R01235"', ''),
  changed('an empty ID', 'missing_id', 'ID="R01235"', 'ID=""'),
  changed('an ID in lower case', 'malformed_id', 'R01235', 'r01235'),
  changed('an ID with SQL in it', 'malformed_id', 'R01235', "R01235'; DROP TABLE rates; --"),
  changed('an ID twice', 'duplicate_id', 'R01239', 'R01235'),
  changed('a letter code twice', 'duplicate_id', '>EUR<', '>USD<'),
  changed('a malformed letter code', 'malformed_id', '>USD<', '>rates.*.&gt;<'),
  changed('no letter code', 'missing_element', '<CharCode>USD</CharCode>', ''),
  changed('no nominal', 'missing_element', '<Nominal>1</Nominal>', ''),
  changed('no name', 'missing_element', '<Name>Доллар США</Name>', '<Name> </Name>'),
  changed('no value', 'missing_element', '<Value>76,0000</Value>', ''),
  changed('two values', 'missing_element', '<Value>76', '<Value>1</Value><Value>76'),
  changed('a name of ten thousand letters', 'missing_element', 'Доллар', 'Д'.repeat(10_000)),
  document('no currencies', 'empty', sheetXml('22.04.2026', [])),
  document('the previous sheet again', 'stale_sheet', OLDER),
  document(
    'the previous sheet with other white space',
    'stale_sheet',
    OLDER.replaceAll('<Valute', ' <Valute'),
  ),
];
