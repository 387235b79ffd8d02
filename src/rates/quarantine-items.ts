import { In } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { Reader } from '../database/reader.js';
import { HeldSheetLineEntity } from './held-sheet-line.entity.js';
import type { QuarantineItemEntity } from './quarantine-item.entity.js';
import { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';

/** What stands in held sheets of one set of currencies. */
export interface HeldSheetContents {
  /** The dates of the sheets, in order. */
  dates: CalendarDate[];
  /** How many currencies each of them has. */
  currencies: number;
  /** How many the sheet has that they were compared with. */
  compared: number;
  /** Letter codes of the currencies that they lack, in order. */
  missing: string[];
}

/** An item that a person decides about. */
export type QuarantineItem =
  | { kind: 'fixing'; fixing: QuarantinedFixingEntity }
  | { kind: 'sheet'; sheet: QuarantinedSheetEntity; contents: HeldSheetContents };

type Line = Pick<
  HeldSheetLineEntity,
  'sheet_item_id' | 'effective_date' | 'code' | 'value' | 'previous_date' | 'state'
>;

/** Reads what belongs to the items; lines are left out. */
export async function itemsWithContents(
  rows: Pick<Reader, 'select'>,
  items: readonly QuarantineItemEntity[],
): Promise<QuarantineItem[]> {
  const sheets = items.filter((item) => item instanceof QuarantinedSheetEntity);
  const lines = await linesOfAll(rows, sheets);
  return items.flatMap((item): QuarantineItem[] => {
    if (item instanceof QuarantinedFixingEntity) return [{ kind: 'fixing', fixing: item }];
    if (!(item instanceof QuarantinedSheetEntity)) return [];
    const own = lines.filter(({ sheet_item_id }) => sheet_item_id === item.id);
    return [{ kind: 'sheet', sheet: item, contents: contentsOf(own) }];
  });
}

async function linesOfAll(
  rows: Pick<Reader, 'select'>,
  sheets: readonly QuarantinedSheetEntity[],
): Promise<Line[]> {
  if (sheets.length === 0) return [];
  return rows
    .select(HeldSheetLineEntity, 'line')
    .where({ sheet_item_id: In(sheets.map(({ id }) => id)) })
    .orderBy('line.effective_date', 'ASC')
    .getMany();
}

/** The bank has replaced withdrawn lines; where all are, they tell what was held. */
function contentsOf(lines: readonly Line[]): HeldSheetContents {
  const standing = lines.filter(({ state }) => state !== 'withdrawn');
  const told = standing.length > 0 ? standing : lines;
  const dates = [...new Set(told.map(({ effective_date }) => effective_date))];
  const codes = (wanted: (line: Line) => boolean) =>
    new Set(told.filter(wanted).map(({ code }) => code));
  return {
    dates,
    currencies: codes(({ value }) => value !== null).size,
    compared: codes(({ previous_date }) => previous_date !== null).size,
    missing: [...codes(({ value }) => value === null)].sort(),
  };
}
