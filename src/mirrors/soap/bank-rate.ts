import type { StoredVersion } from '../../rates/model/index.js';
import { bankDecimal, bankUnitRate } from '../answers/index.js';
import type { Column } from './data-table.js';

/** The data set of all tables of rates. */
export const VALUTE_DATA = 'ValuteData';

/** The service pads names to the width of its database. */
const NAME_WIDTH = 254;

/** The columns of a fixing in the service's tables. */
export const rateColumns = {
  vname: { name: 'Vname', type: 'string', text: ({ name }) => paddedName(name) },
  vnom: { name: 'Vnom', type: 'decimal', text: ({ nominal }) => nominal },
  vcurs: { name: 'Vcurs', type: 'decimal', text: ({ value }) => bankDecimal(value) },
  vcode: {
    name: 'Vcode',
    type: 'int',
    text: ({ num_code }) => (num_code === null ? null : Number(num_code)),
  },
  vchCode: {
    name: 'VchCode',
    type: 'string',
    // A currency without a letter code has its ID for one.
    text: ({ code, cbr_id }) => (code === cbr_id ? null : code),
  },
  vunitRate: {
    name: 'VunitRate',
    type: 'double',
    text: (rate) => bankUnitRate(rate).replace(',', '.'),
  },
  cursDate: {
    name: 'CursDate',
    type: 'dateTime',
    text: ({ effective_date: date }) => `${date}T00:00:00+03:00`,
  },
  id: { name: 'Vcode', type: 'string', text: ({ cbr_id }) => cbr_id },
} as const satisfies Record<string, Column<StoredVersion>>;

export function paddedName(name: string): string {
  return name.padEnd(NAME_WIDTH);
}
