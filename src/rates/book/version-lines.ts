import type { CalendarDate } from '../../common/calendar-date.js';
import { dateOfDay, dayNumber } from '../../common/day-number.js';
import type { Lines, RowSource } from '../../database/row-source.js';
import { isRouble } from '../model/index.js';
import { ByteCache } from './byte-cache.js';
import { NEVER } from './column-arena.js';
import type { Interned } from './interned.js';
import { LineReader } from './line-reader.js';
import { NOTE } from './revision-note.js';
import type { PackedVersion } from './version-columns.js';

/** Interned texts and instants of versions. */
export interface SharedValues {
  names: Interned<string>;
  banks: Interned<string>;
  /** ISO 8601 UTC texts, which sort as instants. */
  instants: Interned<string>;
  /** What only revisions have, as in `revision-note.ts`. */
  notes: Interned<string>;
}

/** Kind of versions: official ones have a bank ID as key, manual ones a letter code. */
export type Maker = 'official' | 'manual';

/** Called for each version; `version` is reused for the next one. */
export type VersionVisitor = (maker: Maker, key: string, version: PackedVersion) => void;

/** Tables of versions: current ones, and replaced or deleted ones. */
export const VERSION_TABLES = ['rates', 'rate_revisions'] as const;
export type VersionTable = (typeof VERSION_TABLES)[number];

/** SQL of the fields that only revisions have. */
const OF_REVISIONS = {
  rates: { rateId: 'id', revision: '0', ended: "''", note: "''" },
  rate_revisions: { rateId: 'rate_id', revision: 'id', ended: 'superseded_at', note: NOTE },
};

/** SELECT of versions as lines. Texts with any characters come last, preceded by their lengths. */
export function selectFrom(table: VersionTable, rows: RowSource): string {
  const { rateId, revision, ended, note } = OF_REVISIONS[table];
  const lengths = ['code', 'name', note].map((text) => rows.lengthOf(text)).join(', ');
  return `SELECT id AS row_id, concat_ws(' ',
    ${rateId}, nominal, value, effective_date, recorded_at, created_at, ${revision}, ${ended},
    COALESCE(document_id, 0), COALESCE(cbr_id, ''), source,
    ${lengths}, code || name || ${note} || '\n') AS line FROM ${table}`;
}

/** Parses versions, and interns shared values. */
export class VersionLines {
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
  private readonly notes: ByteCache<number>;
  /** Reused for each line. */
  private readonly version: PackedVersion = {
    ...{ day: 0, digits: 0, places: 0, nominal: 0, id: 0, name: 0, bank: 0 },
    ...{ recorded: 0, created: 0, ended: 0, document: 0, revision: 0, note: 0 },
  };

  constructor({ names, banks, instants, notes }: SharedValues) {
    const numberOf = (text: string) => instants.numberOf(text);
    this.recordings = new ByteCache(numberOf);
    this.creations = new ByteCache(numberOf);
    this.ends = new ByteCache((text) => (text === '' ? NEVER : numberOf(text)));
    this.names = new ByteCache((text) => names.numberOf(text));
    this.notes = new ByteCache((text) => notes.numberOf(text));
    this.banks = new ByteCache((id) => ({ id, number: banks.numberOf(id) }));
  }

  /** Date and row id of the last line. */
  get last(): { date: CalendarDate; row: number } {
    const { day, revision, id } = this.version;
    return { date: dateOfDay(day), row: revision || id };
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
    version.revision = reader.whole();
    version.ended = this.ends.at(bytes, reader.at, reader.field());
    version.document = reader.whole();
    const bank = this.banks.at(bytes, reader.at, reader.field());
    version.bank = bank.number;
    const maker = this.makers.at(bytes, reader.at, reader.field());
    const [codeLength, nameLength, noteLength] = [reader.whole(), reader.whole(), reader.whole()];
    const codeStart = reader.at;
    const nameStart = reader.text(codeLength);
    const noteStart = reader.text(nameLength);
    version.name = this.names.at(bytes, nameStart, noteStart);
    version.note = noteLength === 0 ? 0 : this.notes.at(bytes, noteStart, reader.text(noteLength));
    reader.endOfLine();
    const key = maker === 'manual' ? this.codes.at(bytes, codeStart, nameStart) : bank.id;
    if (key !== '') visit(maker, key, version);
  }
}
