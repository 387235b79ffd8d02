import type { DateRange } from '../../common/date-range.js';
import type { Lines, Parameter, RowSource } from '../../database/row-source.js';
import type { Slices } from './slices.js';
import {
  type Maker,
  selectFrom,
  type SharedValues,
  VersionLines,
  type VersionTable,
  type VersionVisitor,
} from './version-lines.js';

const MADE_BY = {
  official: { column: 'cbr_id', condition: "source = 'cbr' AND cbr_id IS NOT NULL" },
  manual: { column: 'code', condition: "source = 'manual'" },
};

/** Versions of one key, or without a key of all. */
interface Wanted {
  table: VersionTable;
  maker: Maker;
  key?: string;
}

/** Reads versions page by page. */
export class VersionReader {
  private readonly parsed: VersionLines;

  constructor(
    private readonly rows: RowSource,
    shared: SharedValues,
    private readonly slices: Slices,
  ) {
    this.parsed = new VersionLines(shared);
  }

  /** All versions of a table, in the order of their rows. */
  async all(table: VersionTable, visit: VersionVisitor): Promise<void> {
    const sql = `${selectFrom(table, this.rows)} WHERE id > $1 ORDER BY id LIMIT $2`;
    await this.inPages(sql, (last) => [last?.lastRow ?? 0], visit);
  }

  /** Versions in a range of days. */
  async ofDays(wanted: Wanted, { from, to }: DateRange, visit: VersionVisitor): Promise<void> {
    const { table, maker, key } = wanted;
    const { condition, column } = MADE_BY[maker];
    // Manual revisions have no index by code and day.
    const isInRowOrder = table === 'rate_revisions' && maker === 'manual' && key !== undefined;
    const after = isInRowOrder
      ? 'effective_date >= $2 AND id > $3'
      : '(effective_date, id) > ($2, $3)';
    const ofKey = key === undefined ? '' : `AND ${column} = $4`;
    const sql = `${selectFrom(table, this.rows)}
      WHERE ${condition} ${ofKey} AND effective_date <= $1 AND ${after}
      ORDER BY ${isInRowOrder ? 'id' : 'effective_date, id'} LIMIT $${key === undefined ? 4 : 5}`;
    const start = (last: Lines | undefined): Parameter[] => {
      if (!last) return [from, 0];
      return isInRowOrder ? [from, last.lastRow] : [this.parsed.last.date, this.parsed.last.row];
    };
    const keys = key === undefined ? [] : [key];
    await this.inPages(sql, (last) => [to, ...start(last), ...keys], visit);
  }

  /** @param parameters those before the number of rows */
  private async inPages(
    sql: string,
    parameters: (last: Lines | undefined) => readonly Parameter[],
    visit: VersionVisitor,
  ): Promise<void> {
    const pages = this.slices.pages<Lines>(
      sql,
      (rows, last) => this.rows.lines(sql, [...parameters(last), rows]),
      ({ count }) => count,
    );
    for await (const page of pages) this.parsed.each(page, visit);
  }
}
