import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import type { Lines, RowSource } from '../../database/row-source.js';
import { isRouble } from '../model/index.js';
import { ByteCache } from './byte-cache.js';
import { NEVER } from './column-arena.js';
import type { Interned } from './interned.js';
import { LineReader } from './line-reader.js';
import type { PackedVersion } from './version-columns.js';

/** Interned texts and instants of versions. */
export interface SharedValues {
  names: Interned<string>;
  banks: Interned<string>;
  /** ISO 8601 UTC texts, which sort as instants. */
  instants: Interned<string>;
}

/** Kind of versions: official ones have a bank ID as key, manual ones a letter code. */
export type Maker = 'official' | 'manual';

/** Called for each version; `version` is reused for the next one. */
export type VersionVisitor = (maker: Maker, key: string, version: PackedVersion) => void;

/** Tables of versions: current ones, and replaced or deleted ones. */
export const VERSION_TABLES = ['rates', 'rate_revisions'] as const;
type VersionTable = (typeof VERSION_TABLES)[number];

/**
 * A version as a line. `superseded_at` is empty for a current one. Code and name may contain any character, so they
 * come last, preceded by their lengths.
 */
const lineOf = (rateId: string, ended: string, rows: RowSource) => `id AS row_id, concat_ws(' ',
  ${rateId}, nominal, value, effective_date, recorded_at, created_at, ${ended},
  COALESCE(document_id, 0), COALESCE(cbr_id, ''), source,
  ${rows.lengthOf('code')}, ${rows.lengthOf('name')}, code || name || '
') AS line`;
const SELECT = {
  rates: (rows: RowSource) => `SELECT ${lineOf('id', "''", rows)} FROM rates`,
  rate_revisions: (rows: RowSource) =>
    `SELECT ${lineOf('rate_id', 'superseded_at', rows)} FROM rate_revisions`,
};
const MADE_BY = {
  official: { key: 'cbr_id', condition: "source = 'cbr' AND cbr_id IS NOT NULL" },
  manual: { key: 'code', condition: "source = 'manual'" },
};

/** Reads versions, and interns shared values. */
export class VersionRows {
  private readonly days = new ByteCache((text) => dayNumber(text as CalendarDate));
  /** A rouble has no rate in roubles, but older databases may contain one. */
  private readonly codes = new ByteCache((code) => (isRouble(code) ? '' : code));
  private readonly makers = new ByteCache<Maker>((text) =>
    text === 'cbr' ? 'official' : 'manual',
  );
  private readonly names: ByteCache<number>;
  private readonly banks: ByteCache<{ id: string; number: number }>;
  // Separate caches, as each tries its last value first.
  private readonly recordings: ByteCache<number>;
  private readonly creations: ByteCache<number>;
  private readonly ends: ByteCache<number>;
  /** Reused for each line. */
  private readonly version: PackedVersion = {
    ...{ day: 0, digits: 0, places: 0, nominal: 0, id: 0, name: 0, bank: 0 },
    ...{ recorded: 0, created: 0, ended: 0, document: 0 },
  };

  constructor(
    private readonly rows: RowSource,
    { names, banks, instants }: SharedValues,
  ) {
    const numberOf = (text: string) => instants.numberOf(text);
    this.recordings = new ByteCache(numberOf);
    this.creations = new ByteCache(numberOf);
    this.ends = new ByteCache((text) => (text === '' ? NEVER : numberOf(text)));
    this.names = new ByteCache((text) => names.numberOf(text));
    this.banks = new ByteCache((id) => ({ id, number: banks.numberOf(id) }));
  }

  /** Page of a table, in row id order. */
  page(table: VersionTable, after: number, most: number): Promise<Lines> {
    const sql = `${SELECT[table](this.rows)} WHERE id > $1 ORDER BY id LIMIT $2`;
    return this.rows.lines(sql, [after, most]);
  }

  /** Versions of one key in a range of days. */
  ofKey(table: VersionTable, maker: Maker, key: string, { from, to }: DateRange): Promise<Lines> {
    const { condition, key: column } = MADE_BY[maker];
    const sql = `${SELECT[table](this.rows)} WHERE ${condition} AND ${column} = $1
      AND effective_date BETWEEN $2 AND $3 ORDER BY id`;
    return this.rows.lines(sql, [key, from, to]);
  }

  /** Versions of all keys in a range of days. */
  ofDays(table: VersionTable, maker: Maker, { from, to }: DateRange): Promise<Lines> {
    const sql = `${SELECT[table](this.rows)} WHERE ${MADE_BY[maker].condition}
      AND effective_date BETWEEN $1 AND $2 ORDER BY id`;
    return this.rows.lines(sql, [from, to]);
  }

  /** @throws RangeError if a line is malformed or missing */
  each({ bytes, count }: Lines, visit: VersionVisitor): void {
    const reader = new LineReader(bytes);
    let read = 0;
    for (; !reader.isAtEnd; read++) this.readLine(reader, visit);
    // A NULL cell makes its whole line NULL.
    if (read !== count) throw new RangeError(`${count - read} stored rates lack a value`);
  }

  private readLine(reader: LineReader, visit: VersionVisitor): void {
    const { bytes } = reader;
    const { version } = this;
    version.id = reader.whole();
    version.nominal = reader.whole();
    reader.decimal();
    version.digits = reader.digits;
    version.places = reader.places;
    version.day = this.days.at(bytes, reader.at, reader.field());
    version.recorded = this.recordings.at(bytes, reader.at, reader.field());
    version.created = this.creations.at(bytes, reader.at, reader.field());
    version.ended = this.ends.at(bytes, reader.at, reader.field());
    version.document = reader.whole();
    const bank = this.banks.at(bytes, reader.at, reader.field());
    version.bank = bank.number;
    const maker = this.makers.at(bytes, reader.at, reader.field());
    const [codeLength, nameLength] = [reader.whole(), reader.whole()];
    const codeStart = reader.at;
    const nameStart = reader.text(codeLength);
    version.name = this.names.at(bytes, nameStart, reader.text(nameLength));
    reader.endOfLine();
    const key = maker === 'manual' ? this.codes.at(bytes, codeStart, nameStart) : bank.id;
    if (key !== '') visit(maker, key, version);
  }
}
