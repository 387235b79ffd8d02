import type { RateSource } from '../events/rate-event.js';
import { withdrawnDates } from './withdrawn-sheet.entity.js';

interface Wanted {
  table: string;
  /** What versions of the same rate have in common. */
  key: 'cbr_id' | 'code';
  source: RateSource;
  /** SQL behind FROM for the keys, under the alias `wanted`. */
  wanted: string;
  asOf: Date | undefined;
}

/**
 * SQL for the ids of the newest version of each up to `:day`, and of the newest of an earlier day; with
 * `asOf` of those recorded by `:asOf`. Two seeks in the index (key, effective_date) for each. As ids, because
 * PostgreSQL, told the same as a condition on dates, would look at every rate.
 */
export function latestTwoIds({ table, key, source, wanted, asOf }: Wanted): string {
  // Of several for one day the one made last; the bank has one for each day, or its last version.
  const order = source === 'manual' ? 'recorded_at DESC, id DESC' : 'id DESC';
  const recorded = asOf ? 'AND recorded_at <= :asOf' : '';
  // People's rates of a day have nothing to do with its sheet.
  const isOfSheets = source === 'cbr';
  const published = isOfSheets
    ? `AND effective_date NOT IN ${withdrawnDates(asOf && ':asOf')}`
    : '';
  const known = `${recorded} ${published}`;
  const newest = (column: string, bound: string) =>
    `(SELECT ${column} FROM ${table} WHERE ${key} = wanted.${key} AND source = '${source}' ${known}
      AND effective_date ${bound} ORDER BY effective_date DESC, ${order} LIMIT 1)`;
  const dayOfNewest = newest('effective_date', '<= :day');
  return `SELECT ${newest('id', '<= :day')} FROM ${wanted}
    UNION ALL SELECT ${newest('id', `< ${dayOfNewest}`)} FROM ${wanted}`;
}
