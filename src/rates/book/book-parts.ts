import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import type { RateSource } from '../../events/rate-event.js';
import type {
  CurrencyList,
  DocumentKind,
  HeldLine,
  RevisionReason,
  Rhythm,
  WithdrawalCause,
} from '../model/index.js';
import type { VersionColumns } from './version-columns.js';

/** Days that the bank was asked about; instants are ISO 8601 UTC texts, which sort. */
export interface CoverageLine {
  id: number;
  cbr_id: string;
  from_date: CalendarDate;
  to_date: CalendarDate;
  recorded_at: string;
}

/** How often a currency was set before 2010. */
export interface SettingLine extends CoverageLine {
  rhythm: Rhythm;
}

/** The date of a daily sheet, and since when it is known. */
export interface SheetLine {
  date: CalendarDate;
  known_since: string;
}

/** A document of the bank, without its bytes; as in DocumentEntity. */
export interface DocumentLine {
  id: number;
  kind: DocumentKind;
  cbr_id: string | null;
  date: CalendarDate;
  to_date: CalendarDate | null;
  fetched_at: string;
  sha256: string;
}

/** A sheet that does not count, from when to when, and why. */
export interface WithdrawnLine {
  id: number;
  date: CalendarDate;
  cause: WithdrawalCause;
  reason: string;
  withdrawn_by: string | null;
  withdrawn_at: string;
  /** null while it is withdrawn. */
  restored_at: string | null;
}

/** A day whose sheet could not be had, and the code of the failure. */
export interface MissingLine {
  date: CalendarDate;
  code: string;
}

/** A version that was replaced or deleted, as in RateRevisionEntity. */
export interface RevisionLine {
  id: number;
  rate_id: number;
  code: string;
  name: string;
  nominal: number;
  value: DecimalText;
  effective_date: CalendarDate;
  source: RateSource;
  reason: RevisionReason;
  recorded_at: string;
  recorded_by: string | null;
  superseded_at: string;
  superseded_by: string | null;
  document_id: number | null;
}

/** What is few, as lines of its tables, each in a fixed order. */
export interface BookLines {
  coverage: readonly CoverageLine[];
  setting: readonly SettingLine[];
  /** The quarantine: what is held, and what was. */
  held: readonly HeldLine[];
  /** Sheets and series that were fetched, by date. */
  documents: readonly DocumentLine[];
  /** Days of sheets that the dollar's series has told. */
  sheetDays: readonly SheetLine[];
  withdrawn: readonly WithdrawnLine[];
  missing: readonly MissingLine[];
  /** In the order in which they were made. */
  revisions: readonly RevisionLine[];
}

/** What a book is made of; a change replaces the parts that it touches. */
export interface BookParts extends BookLines {
  /** The bank's figures, by bank ID. */
  official: ReadonlyMap<string, VersionColumns>;
  /** People's figures, by letter code. */
  manual: ReadonlyMap<string, VersionColumns>;
  currencies: CurrencyList;
}
