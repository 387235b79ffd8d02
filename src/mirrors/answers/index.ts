/** What the mirrors share: routes that are lenient, dates and texts as the bank writes them, bytes of answers. */
export { tryOutValues } from './try-out-values.js';
export { bankDate, compactDate, dottedDate } from './bank-date.js';
export { bankDecimal } from './bank-decimal.js';
export { sheetType, XML_TYPE } from './document-types.js';
export { type DictionaryItems, DictionaryReader } from './dictionary-items.js';
export { MirrorController, MirrorRoute } from './mirror-route.js';
export { publicAddress } from './public-address.js';
export { onePage } from './one-page.js';
export { queryValue } from './query-value.js';
export { SeriesIds } from './series-ids.js';
export { BANK_FORM, sheetAnswer, type SheetForm } from './sheet-answer.js';
export { bankUnitRate, builtSheet, withEnglishNames } from './sheet-xml.js';
export { windows1251 } from './windows-1251.js';
export { xmlText } from './xml-text.js';
