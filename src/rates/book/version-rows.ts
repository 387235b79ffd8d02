import { type CalendarDate, FIRST_DAY } from '../../common/calendar-date.js';
import { dayNumber } from '../../common/day-number.js';
import type { DecimalText } from '../../common/decimal.js';
import type { RowSource } from '../../database/row-source.js';
import { NEVER } from './column-arena.js';
import type { Interned } from './interned.js';
import { packDecimal } from './packed-decimal.js';
import type { PackedVersion } from './version-columns.js';

/** The texts and instants that versions share. */
export interface SharedValues {
  names: Interned<string>;
  banks: Interned<string>;
  /** ISO 8601 UTC texts, which sort as instants. */
  instants: Interned<string>;
}

/** By whom versions were made: the bank's belong to a bank ID, people's to a letter code. */
export type Maker = 'official' | 'manual';

/** Versions with the key that each belongs to, and the row ID of the last one. */
export interface VersionBatch {
  keys: readonly string[];
  versions: readonly PackedVersion[];
  lastRow: number;
}

/** The empty text says that a rate was created when this version was recorded. */
const CREATED = `CASE WHEN created_at = recorded_at THEN '' ELSE created_at END AS created`;
const FIGURES = `cbr_id, name, nominal, value, effective_date, recorded_at, ${CREATED},
  COALESCE(document_id, 0) AS document`;
const FROM = {
  rates: `id AS row_id, id AS rate_id, ${FIGURES}, NULL AS ended FROM rates`,
  rate_revisions: `id AS row_id, rate_id, ${FIGURES}, superseded_at AS ended FROM rate_revisions`,
};
/** A rouble has no rate in roubles; older databases may hold one. */
const MADE_BY = {
  official: { key: 'cbr_id', condition: `source = 'cbr' AND cbr_id IS NOT NULL` },
  manual: { key: 'code', condition: `source = 'manual' AND code NOT IN ('RUB', 'RUR')` },
};

/** Where versions are: those that stand, and those that were replaced or deleted. */
export const VERSION_TABLES = ['rates', 'rate_revisions'] as const;
type VersionTable = (typeof VERSION_TABLES)[number];

function selectFrom(table: VersionTable, maker: Maker): string {
  const { key, condition } = MADE_BY[maker];
  return `SELECT ${key} AS key, ${FROM[table]} WHERE ${condition}`;
}

/** Reads versions, and numbers what they share. */
export class VersionRows {
  constructor(
    private readonly rows: RowSource,
    private readonly shared: SharedValues,
  ) {}

  /** A page of a whole table, in the order of row IDs. */
  page(table: VersionTable, maker: Maker, after: number, most: number): Promise<VersionBatch> {
    const sql = `${selectFrom(table, maker)} AND id > $1 ORDER BY id LIMIT $2`;
    return this.read(sql, [after, most]);
  }

  /** Those of one key in a range of days. */
  ofKey(
    table: VersionTable,
    maker: Maker,
    key: string,
    { from, to }: { from: CalendarDate; to: CalendarDate },
  ): Promise<VersionBatch> {
    const sql = `${selectFrom(table, maker)} AND ${MADE_BY[maker].key} = $1
      AND effective_date BETWEEN $2 AND $3 ORDER BY id`;
    return this.read(sql, [key, from, to]);
  }

  /** Those of every key in a range of days. */
  ofDays(
    table: VersionTable,
    maker: Maker,
    { from, to }: { from: CalendarDate; to: CalendarDate },
  ): Promise<VersionBatch> {
    const sql = `${selectFrom(table, maker)} AND effective_date BETWEEN $1 AND $2 ORDER BY id`;
    return this.read(sql, [from, to]);
  }

  private async read(sql: string, parameters: readonly (string | number)[]): Promise<VersionBatch> {
    const [keys = [], rowIds = [], ...columns] = await this.rows.columns(sql, parameters);
    const versions = keys.map((_, row) => this.pack(columns, row));
    return { keys: keys as string[], versions, lastRow: Number(rowIds.at(-1) ?? 0) };
  }

  private pack(columns: readonly unknown[][], row: number): PackedVersion {
    const [ids, banks, names, nominals, values, dates, recordings, creations, documents, ends] =
      columns as [
        number[],
        (string | null)[],
        string[],
        number[],
        DecimalText[],
        CalendarDate[],
        string[],
        string[],
        number[],
        (string | null)[],
      ];
    const { names: allNames, banks: allBanks, instants } = this.shared;
    const { digits, places } = packDecimal(values[row] ?? '');
    const recorded = instants.numberOf(recordings[row] ?? '');
    const ended = ends[row] ?? null;
    return {
      day: dayNumber(dates[row] ?? FIRST_DAY),
      digits,
      places,
      nominal: nominals[row] ?? 0,
      id: ids[row] ?? 0,
      name: allNames.numberOf(names[row] ?? ''),
      bank: allBanks.numberOf(banks[row] ?? ''),
      recorded,
      created: creations[row] === '' ? recorded : instants.numberOf(creations[row] ?? ''),
      ended: ended === null ? NEVER : instants.numberOf(ended),
      document: documents[row] ?? 0,
    };
  }
}
