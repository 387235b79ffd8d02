import type { DateRange } from '../../common/date-range.js';
import type { LineQuery, RowSource } from '../../database/row-source.js';
import type { Slices } from '../../database/slices.js';
import {
  columnsOf,
  type Maker,
  type SharedValues,
  VersionLines,
  type VersionTable,
  type VersionVisitor,
} from './version-lines.js';

const MADE_BY = {
  official: { column: 'cbr_id', condition: "source = 'cbr' AND cbr_id IS NOT NULL" },
  manual: { column: 'code', condition: "source = 'manual'" },
};

const BY_ROW = { order: ['id'], after: [0] };

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

  /** All versions of a table, in any order. */
  async all(table: VersionTable, visit: VersionVisitor): Promise<void> {
    await this.read({ table, where: 'true', parameters: [], ...BY_ROW }, visit);
  }

  /** Versions in a range of days. */
  async ofDays(wanted: Wanted, { from, to }: DateRange, visit: VersionVisitor): Promise<void> {
    const { table, maker, key } = wanted;
    const { condition, column } = MADE_BY[maker];
    const ofKey = key === undefined ? '' : `AND ${column} = $2`;
    const where = `effective_date <= $1 AND ${condition} ${ofKey}`;
    const parameters = key === undefined ? [to] : [to, key];
    // Manual revisions have no index by code and day.
    const isByRow = table === 'rate_revisions' && maker === 'manual' && key !== undefined;
    await this.read(
      isByRow
        ? {
            table,
            where: `${where} AND effective_date >= $3`,
            parameters: [...parameters, from],
            ...BY_ROW,
          }
        : { table, where, parameters, order: ['effective_date', 'id'], after: [from, 0] },
      visit,
    );
  }

  private async read(
    query: Omit<LineQuery, 'cells' | 'texts'> & { table: VersionTable },
    visit: VersionVisitor,
  ): Promise<void> {
    const isByDay = query.order.length > 1;
    await this.rows.lines(
      { ...query, ...columnsOf(query.table) },
      (lines) => {
        this.parsed.each(lines, visit);
        const { date, row } = this.parsed.last;
        return isByDay ? [date, row] : [row];
      },
      this.slices,
    );
  }
}
