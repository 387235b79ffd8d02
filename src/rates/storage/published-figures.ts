import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { Reader } from '../../database/reader.js';
import {
  CurrencyEntity,
  RateEntity,
  RateRevisionEntity,
  type RateVersion,
  withdrawnDates,
} from '../model/index.js';

/** Official figure, unaffected by edits. */
export interface PublishedFigure extends Quotation {
  cbr_id: string;
  code: string;
  effective_date: CalendarDate;
}

type Rows = Pick<Reader, 'select'>;

/** Reads the database, not the rate book: a fetch compares new figures inside its unit of work or just before it. */
const PLACES = [
  { entity: RateEntity, table: 'rates' },
  { entity: RateRevisionEntity, table: 'rate_revisions' },
];
const PUBLISHED = `source = 'cbr' AND effective_date NOT IN ${withdrawnDates()}`;

/** Newest figure of each currency up to a day, by the bank's ID; `codes` restricts the result. */
export function newestPublished(
  rows: Rows,
  day: CalendarDate,
  codes?: readonly string[],
): Promise<Map<string, PublishedFigure>> {
  // One index seek per currency. With the equivalent condition on dates, PostgreSQL would scan all rates.
  const newestOf = (table: string) =>
    `version.id IN (SELECT (SELECT id FROM ${table} WHERE cbr_id = wanted.cbr_id AND ${PUBLISHED}
      AND effective_date <= :day ORDER BY effective_date DESC, id DESC LIMIT 1) FROM currencies wanted)`;
  return lastWords(rows, { newestOf, parameters: { day }, codes });
}

/** Figures of one date, by the bank's ID. */
export function publishedOn(rows: Rows, date: CalendarDate): Promise<Map<string, PublishedFigure>> {
  const onDate = () => 'version.effective_date = :date';
  return lastWords(rows, { newestOf: onDate, parameters: { date }, codes: undefined });
}

interface Wanted {
  /** SQL condition that selects versions of a table. */
  newestOf: (table: string) => string;
  parameters: Record<string, unknown>;
  codes: readonly string[] | undefined;
}

/** Newest figure of each currency; for one date, the last recorded one. */
async function lastWords(
  rows: Rows,
  { newestOf, parameters, codes }: Wanted,
): Promise<Map<string, PublishedFigure>> {
  const found = new Map<string, PublishedFigure & Pick<RateVersion, 'recorded_at'>>();
  for (const { entity, table } of PLACES) {
    const query = rows
      .select<RateVersion>(entity, 'version')
      .innerJoin(CurrencyEntity, 'currency', 'currency.cbr_id = version.cbr_id')
      .select('currency.code', 'code')
      .where(`version.${PUBLISHED.replace(' AND ', ' AND version.')}`)
      .andWhere(newestOf(table), parameters);
    for (const name of COLUMNS) query.addSelect(`version.${name}`, name);
    if (codes) query.andWhere('currency.code IN (:...codes)', { codes });
    for (const figure of await query.getRawMany<
      PublishedFigure & Pick<RateVersion, 'recorded_at'>
    >()) {
      const known = found.get(figure.cbr_id);
      if (!known || isLater(figure, known)) found.set(figure.cbr_id, figure);
    }
  }
  return found;
}

type Dated = Pick<RateVersion, 'effective_date' | 'recorded_at'>;

function isLater(one: Dated, other: Dated): boolean {
  if (one.effective_date !== other.effective_date) return one.effective_date > other.effective_date;
  return one.recorded_at > other.recorded_at;
}

const COLUMNS = ['cbr_id', 'nominal', 'value', 'effective_date', 'recorded_at'] as const;
