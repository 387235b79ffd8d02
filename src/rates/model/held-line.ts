import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import type { QuarantineState } from './quarantine-item.entity.js';

/** Common columns of a quarantine row; instants are ISO 8601 UTC texts. */
interface Row {
  id: number;
  effective_date: CalendarDate;
  state: QuarantineState;
  held_at: string;
  decided_at: string | null;
  decided_by: string | null;
}

/** A single fixing, as in QuarantinedFixingEntity. */
interface FixingLine extends Row {
  kind: 'fixing';
  sheet_item_id: null;
  cbr_id: string;
  code: string;
  name: string;
  nominal: number;
  value: DecimalText;
  previous_value: DecimalText;
  previous_nominal: number;
  previous_date: CalendarDate;
}

/** Sheets of one set of currencies, as in QuarantinedSheetEntity. */
interface SheetLine extends Row {
  kind: 'sheet';
  sheet_item_id: null;
  cbr_id: null;
  code: null;
  name: null;
  nominal: null;
  value: null;
  previous_value: null;
  previous_nominal: null;
  previous_date: CalendarDate;
}

/** A currency of such a sheet, as in HeldSheetLineEntity. */
interface CurrencyLine extends Row {
  kind: 'line';
  sheet_item_id: number;
  cbr_id: string;
  code: string;
  name: string | null;
  nominal: number | null;
  value: DecimalText | null;
  previous_value: null;
  previous_nominal: null;
  previous_date: CalendarDate | null;
}

/** Quarantine row in the rate book. */
export type HeldLine = FixingLine | SheetLine | CurrencyLine;

/** Quarantine row of a currency. */
export type HeldFigure = FixingLine | CurrencyLine;

/** Whether the currency's previous fixing stays in force; a currency that is new in a sheet has none. */
export function isCarriedOver(line: HeldLine): line is HeldFigure {
  return line.kind !== 'sheet' && line.previous_date !== null;
}
