import type { CalendarDate } from '../../common/calendar-date.js';
import type {
  CurrencyList,
  DocumentKind,
  HeldLine,
  Rhythm,
  WithdrawalCause,
} from '../model/index.js';
import type { VersionColumns } from './version-columns.js';

/** Days requested from the bank; instants are ISO 8601 UTC texts, which sort. */
export interface CoverageLine {
  id: number;
  cbr_id: string;
  from_date: CalendarDate;
  to_date: CalendarDate;
  recorded_at: string;
}

/** Rhythm of a currency before 2010. */
export interface SettingLine extends CoverageLine {
  rhythm: Rhythm;
}

/** Date of a daily sheet, and since when it is known. */
export interface SheetLine {
  date: CalendarDate;
  known_since: string;
}

/** Document, without its bytes; as stored by DocumentEntity. */
export interface DocumentLine {
  id: number;
  kind: DocumentKind;
  cbr_id: string | null;
  date: CalendarDate;
  to_date: CalendarDate | null;
  fetched_at: string;
  sha256: string;
  is_built: 0 | 1;
}

/** Withdrawal of a sheet: its period and reason. */
export interface WithdrawnLine {
  id: number;
  date: CalendarDate;
  cause: WithdrawalCause;
  reason: string;
  withdrawn_by: string | null;
  withdrawn_at: string;
  /** null while withdrawn. */
  restored_at: string | null;
}

/** Day whose sheet could not be fetched, with the error code. */
export interface MissingLine {
  date: CalendarDate;
  code: string;
}

/** Small tables, as lines in a fixed order. */
export interface BookLines {
  coverage: readonly CoverageLine[];
  setting: readonly SettingLine[];
  /** Quarantine: current and former items. */
  held: readonly HeldLine[];
  /** Fetched sheets and series, by date. */
  documents: readonly DocumentLine[];
  /** Days with a sheet, known from the dollar's series. */
  sheetDays: readonly SheetLine[];
  withdrawn: readonly WithdrawnLine[];
  missing: readonly MissingLine[];
}

/** Parts of a book; a change replaces the parts that it touches. */
export interface BookParts extends BookLines {
  /** Official versions, by bank ID. */
  official: ReadonlyMap<string, VersionColumns>;
  /** Manual versions, by letter code. */
  manual: ReadonlyMap<string, VersionColumns>;
  currencies: CurrencyList;
}
