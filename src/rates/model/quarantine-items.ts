import { In } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import type { Reader } from '../../database/reader.js';
import { HeldSheetLineEntity } from './held-sheet-line.entity.js';
import { HELD_STATES, QuarantineItemEntity } from './quarantine-item.entity.js';
import type { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';

/** Contents of held sheets with the same currencies. */
export interface HeldSheetContents {
  /** Dates of the sheets, in order. */
  dates: CalendarDate[];
  /** Number of currencies in each sheet. */
  currencies: number;
  /** Number of currencies in the sheet that they were compared with. */
  compared: number;
  /** Letter codes that they lack, in order. */
  missing: string[];
}

/** An item from a unit of work or from the rate book; in the book, instants are ISO 8601 UTC texts. */
type Shown<Item extends QuarantineItemEntity> = Omit<
  Item,
  'num_code' | 'document_id' | 'held_at' | 'decided_at'
> & { held_at: Date | string; decided_at: Date | string | null };

export type ShownFixing = Shown<QuarantinedFixingEntity>;
export type ShownSheet = Shown<QuarantinedSheetEntity>;

/** An item for a decision. */
export type QuarantineItem = { kind: 'fixing'; fixing: ShownFixing } | HeldSheet;

/** An item of kind `sheet` with its contents. */
export interface HeldSheet {
  kind: 'sheet';
  sheet: ShownSheet;
  contents: HeldSheetContents;
}

type Line = Pick<
  HeldSheetLineEntity,
  'sheet_item_id' | 'effective_date' | 'code' | 'value' | 'previous_date' | 'state'
>;
type Rows = Pick<Reader, 'select'>;

/** Adds the contents of sheets to items. @param lines at least those of these sheets, ordered by day */
export function withContents(
  items: readonly (ShownFixing | ShownSheet)[],
  lines: readonly Line[],
): QuarantineItem[] {
  const bySheet = new Map<number, Line[]>();
  for (const line of lines) {
    const known = bySheet.get(line.sheet_item_id);
    if (known) known.push(line);
    else bySheet.set(line.sheet_item_id, [line]);
  }
  return items.map((item) =>
    item.kind === 'fixing'
      ? { kind: 'fixing', fixing: item }
      : { kind: 'sheet', sheet: item, contents: contentsOf(bySheet.get(item.id) ?? []) },
  );
}

/** Reads the contents of items. */
export async function itemsWithContents(
  rows: Rows,
  items: readonly (QuarantinedFixingEntity | QuarantinedSheetEntity)[],
): Promise<QuarantineItem[]> {
  const sheets = items.filter((item) => item instanceof QuarantinedSheetEntity);
  return withContents(items, await linesOfAll(rows, sheets));
}

/** Held sheets, pending and rejected, oldest first. */
export async function heldSheets(rows: Rows): Promise<HeldSheet[]> {
  const items = await rows
    .select(QuarantinedSheetEntity, 'held')
    .where({ state: In(HELD_STATES) })
    .orderBy('held.id', 'ASC')
    .getMany();
  const found = await itemsWithContents(rows, items);
  return found.filter((item) => item.kind === 'sheet');
}

/** Held fixings of a date, of single items and of a held sheet. */
export function heldOn(
  rows: Rows,
  effective_date: CalendarDate,
): Promise<(Quotation & { cbr_id: string })[]> {
  return rows
    .select(QuarantineItemEntity, 'held')
    .select(['held.cbr_id AS cbr_id', 'held.nominal AS nominal', 'held.value AS value'])
    .where({ effective_date, state: In(HELD_STATES) })
    .andWhere('held.value IS NOT NULL')
    .getRawMany();
}

async function linesOfAll(
  rows: Rows,
  sheets: readonly QuarantinedSheetEntity[],
): Promise<readonly Line[]> {
  if (sheets.length === 0) return [];
  return rows
    .select(HeldSheetLineEntity, 'line')
    .where({ sheet_item_id: In(sheets.map(({ id }) => id)) })
    .orderBy('line.effective_date', 'ASC')
    .getMany();
}

/** Withdrawn lines were replaced by the bank; if all are withdrawn, they show what was held. */
function contentsOf(lines: readonly Line[]): HeldSheetContents {
  const standing = lines.filter(({ state }) => state !== 'withdrawn');
  const listed = standing.length > 0 ? standing : lines;
  const dates = [...new Set(listed.map(({ effective_date }) => effective_date))];
  const codes = (wanted: (line: Line) => boolean) =>
    new Set(listed.filter(wanted).map(({ code }) => code));
  return {
    dates,
    currencies: codes(({ value }) => value !== null).size,
    compared: codes(({ previous_date }) => previous_date !== null).size,
    missing: [...codes(({ value }) => value === null)].sort(),
  };
}
