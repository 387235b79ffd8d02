import type { CalendarDate } from '../../common/calendar-date.js';
import { dateOfDay, dayNumber } from '../../common/day-number.js';
import type { LineQuery } from '../../database/row-source.js';
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

/** Stands for an instant or a bank ID that is missing. */
const NONE = '-';

/** SQL of the fields that only revisions have. */
const OF_REVISIONS = {
  rates: { rateId: 'id', revision: '0', ended: `'${NONE}'`, note: "''" },
  rate_revisions: { rateId: 'rate_id', revision: 'id', ended: 'superseded_at', note: NOTE },
};

/** Columns of versions as lines. */
export function columnsOf(table: VersionTable): Pick<LineQuery, 'cells' | 'texts'> {
  const { rateId, revision, ended, note } = OF_REVISIONS[table];
  return {
    cells: [
      ...[rateId, 'nominal', 'value', 'effective_date', 'recorded_at', 'created_at'],
      ...[revision, ended, 'COALESCE(document_id, 0)', `COALESCE(cbr_id, '${NONE}')`, 'source'],
    ],
    texts: ['code', 'name', note],
  };
}

/** Parses versions, and interns shared values. */
export class VersionLines {
  private readonly days = new ByteCache((text) => dayNumber(text as CalendarDate));
  /** A rouble has no rate in roubles, but older databases may contain one. */
  private readonly codes = new ByteCache((code) => (isRouble(code) ? '' : unquoted(code)));
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
  private readonly reader = new LineReader();
  /** Reused for each line. */
  private readonly version: PackedVersion = {
    ...{ day: 0, digits: 0, places: 0, nominal: 0, id: 0, name: 0, bank: 0 },
    ...{ recorded: 0, created: 0, ended: 0, document: 0, revision: 0, note: 0 },
  };

  constructor({ names, banks, instants, notes }: SharedValues) {
    const numberOf = (text: string) => instants.numberOf(text);
    this.recordings = new ByteCache(numberOf);
    this.creations = new ByteCache(numberOf);
    this.ends = new ByteCache((text) => (text === NONE ? NEVER : numberOf(text)));
    this.names = new ByteCache((text) => names.numberOf(unquoted(text)));
    this.notes = new ByteCache((text) => (text === '' ? 0 : notes.numberOf(unquoted(text))));
    this.banks = new ByteCache((text) => {
      const id = text === NONE ? '' : text;
      return { id, number: banks.numberOf(id) };
    });
  }

  /** Date and row id of the last line. */
  get last(): { date: CalendarDate; row: number } {
    const { day, revision, id } = this.version;
    return { date: dateOfDay(day), row: revision || id };
  }

  /** @throws RangeError if a line is malformed */
  each(lines: Buffer, visit: VersionVisitor): void {
    const { reader } = this;
    reader.begin(lines);
    while (!reader.isAtEnd) this.readLine(visit);
  }

  private readLine(visit: VersionVisitor): void {
    const { version, reader } = this;
    const { bytes } = reader;
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
    const codeStart = reader.at + 1;
    const codeEnd = reader.quoted();
    version.name = this.names.at(bytes, reader.at + 1, reader.quoted());
    version.note = this.notes.at(bytes, reader.at + 1, reader.quoted());
    reader.endOfLine();
    const key = maker === 'manual' ? this.codes.at(bytes, codeStart, codeEnd) : bank.id;
    if (key !== '') visit(maker, key, version);
  }
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}
