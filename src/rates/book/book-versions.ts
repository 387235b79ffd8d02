import type { CalendarDate } from '../../common/calendar-date.js';
import { dateOfDay } from '../../common/day-number.js';
import type { RateSource } from '../../events/rate-event.js';
import type { Fixed, StoredVersion } from '../model/index.js';
import { unpackDecimal } from './packed-decimal.js';
import type { VersionColumns } from './version-columns.js';
import type { SharedValues } from './version-lines.js';

/** Fields of a version that are not in the columns. */
type Described = Pick<StoredVersion, 'cbr_id' | 'code' | 'name_en' | 'num_code'>;

/** Reads the version of a row. */
export function versionAt(
  { columns }: VersionColumns,
  row: number,
  { cbr_id, code, name_en, num_code }: Described,
  source: RateSource,
  { names }: SharedValues,
): StoredVersion {
  // Without spread, for speed: a history has thousands of versions.
  return {
    id: columns.id[row] ?? 0,
    cbr_id,
    code,
    name: names.valueOf(columns.name[row] ?? 0),
    name_en,
    num_code,
    nominal: columns.nominal[row] ?? 0,
    value: unpackDecimal(columns.digits[row] ?? 0, columns.places[row] ?? 0),
    effective_date: dateOfDay(columns.day[row] ?? 0),
    source,
  };
}

/** Reads the figure of a row, with its date. */
export function fixedAt({ columns }: VersionColumns, row: number): Fixed {
  return {
    nominal: columns.nominal[row] ?? 0,
    value: unpackDecimal(columns.digits[row] ?? 0, columns.places[row] ?? 0),
    effective_date: dateOfDay(columns.day[row] ?? 0),
  };
}

export function dateAt({ columns }: VersionColumns, row: number): CalendarDate {
  return dateOfDay(columns.day[row] ?? 0);
}
