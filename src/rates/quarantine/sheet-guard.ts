import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { Settings } from '../../config/settings.js';
import type { Unit } from '../../database/unit.js';
import {
  isOvertaken,
  keepDocument,
  newestTakenSheet,
  noteDailySetting,
  noteSheet,
  publishedOn,
} from '../storage/index.js';
import {
  HeldSheetLineEntity,
  isSameQuotation,
  type PublishedSheet,
  QuarantinedSheetEntity,
} from '../model/index.js';
import { heldItems, isHeld, isSameSet, linesOf, linesOn, settleItems } from './held-sheets.js';
import { heldOfSheet } from './stored-quarantine.js';
import { decide } from './quarantine-decision.js';
import { type ComparedSheet, isShrunk, missingIds } from './sheet-shrinkage.js';

/** Document and time of a sheet. */
interface Sighting {
  document_id: number;
  recorded_at: Date;
}

/**
 * Holds a sheet that lacks more than CBR_MAX_SHRINK_PERCENT of the currencies of the previous sheet, for a person's
 * decision. The previous sheet is the newest one that is not held.
 */
@Injectable()
export class SheetGuard {
  constructor(private readonly settings: Settings) {}

  /**
   * Holds the sheet if necessary. A sheet with the currencies of a held one joins its item, even a rejected one,
   * unless a recorded sheet lies between. Idempotent.
   *
   * @returns its item; undefined if the sheet may be recorded
   */
  async holdSheet(
    unit: Unit,
    sheet: PublishedSheet,
    recorded_at: Date,
  ): Promise<QuarantinedSheetEntity | undefined> {
    const { effective_date, fixings, document } = sheet;
    const before = await linesOn(unit, effective_date);
    const isRepeated = before.length > 0 && isSameSet(before, fixings);
    const known = isRepeated ? await itemOf(unit, before) : undefined;
    const compared = await comparedSheet(unit, effective_date);
    const isOut = known?.state === 'rejected';
    if (!compared) return isOut ? known : undefined;
    const mustWait = isShrunk(fixings, compared, this.settings.CBR_MAX_SHRINK_PERCENT);
    if (!mustWait && !isOut) return undefined;
    await noteDays(unit, sheet, compared, recorded_at);
    if (known && hasSameFigures(before, sheet)) return known;
    const document_id = await keepDocument(unit, document, { date: effective_date });
    const sighting = { document_id, recorded_at };
    const item =
      known ??
      (await joinable(unit, sheet, compared)) ??
      (await addItem(unit, { effective_date, previous_date: compared.date }, sighting));
    const withdrawal = { decided_at: recorded_at, decided_by: null };
    await decide(unit, before.filter(isHeld), { ...withdrawal, state: 'withdrawn' });
    const added = linesOfSheet(sheet, compared, { ...sighting, item });
    await unit.insert(HeldSheetLineEntity, added);
    await settleItems(unit, [...before, ...added], withdrawal);
    return item;
  }
}

/** Newest sheet up to a day that is not held and has stored figures; undefined if there is none. */
async function comparedSheet(unit: Unit, upTo: CalendarDate): Promise<ComparedSheet | undefined> {
  let date = await newestTakenSheet(unit, upTo);
  while (date !== null) {
    const published = await publishedOn(unit, date);
    const held = await heldOfSheet(unit, date);
    const codes = new Map<string, string>();
    for (const { cbr_id, code } of [...published.values(), ...held]) codes.set(cbr_id, code);
    if (codes.size > 0) return { date, codes };
    date = await newestTakenSheet(unit, addDays(date, -1));
  }
  return undefined;
}

/**
 * Records that the days of a held sheet are covered, and that its currencies, including those it lacks, were set
 * daily.
 */
async function noteDays(
  unit: Unit,
  { effective_date, in_force_to, fixings }: PublishedSheet,
  { codes }: ComparedSheet,
  recorded_at: Date,
): Promise<void> {
  const history = await isOvertaken(unit, effective_date, moscowDate(recorded_at));
  const days = { effective_date, in_force_to: history ? effective_date : in_force_to };
  await noteSheet(unit, days, recorded_at);
  const ids = new Set([...codes.keys(), ...fixings.map(({ cbr_id }) => cbr_id)]);
  const currencies = [...ids].map((cbr_id) => ({ cbr_id }));
  await noteDailySetting(unit, { ...days, fixings: currencies }, recorded_at);
}

async function itemOf(
  unit: Unit,
  [line]: readonly HeldSheetLineEntity[],
): Promise<QuarantinedSheetEntity | undefined> {
  return (await heldItems(unit)).find(({ id }) => id === line?.sheet_item_id);
}

function hasSameFigures(
  lines: readonly HeldSheetLineEntity[],
  { fixings }: PublishedSheet,
): boolean {
  return fixings.every((fixing) =>
    lines.some(
      ({ cbr_id, code, nominal, value }) =>
        cbr_id === fixing.cbr_id &&
        code === fixing.code &&
        nominal !== null &&
        value !== null &&
        isSameQuotation({ nominal, value }, fixing),
    ),
  );
}

/** The item with the same currencies that was compared with the same sheet. */
async function joinable(
  unit: Unit,
  { fixings }: PublishedSheet,
  compared: ComparedSheet,
): Promise<QuarantinedSheetEntity | undefined> {
  for (const item of await heldItems(unit)) {
    const lines = (await linesOf(unit, item.id)).filter(
      ({ effective_date }) => effective_date === item.effective_date,
    );
    const isSame = isSameSet(lines, fixings);
    if (isSame && (await newestTakenSheet(unit, item.effective_date)) === compared.date)
      return item;
  }
  return undefined;
}

async function addItem(
  unit: Unit,
  dates: Pick<QuarantinedSheetEntity, 'effective_date' | 'previous_date'>,
  { document_id, recorded_at }: Sighting,
): Promise<QuarantinedSheetEntity> {
  const item: QuarantinedSheetEntity = Object.assign(new QuarantinedSheetEntity(), {
    ...{ kind: 'sheet' as const, ...dates, document_id, held_at: recorded_at },
    ...{ state: 'pending' as const, decided_at: null, decided_by: null },
  });
  await unit.insert(QuarantinedSheetEntity, [item]);
  return item;
}

/** Lines for the currencies of the sheet, and for those that it lacks. */
function linesOfSheet(
  { effective_date, fixings }: PublishedSheet,
  compared: ComparedSheet,
  { item, document_id, recorded_at }: Sighting & { item: QuarantinedSheetEntity },
): HeldSheetLineEntity[] {
  const { state, decided_at, decided_by } = item;
  const origin = {
    ...{ kind: 'line' as const, sheet_item_id: item.id, effective_date },
    ...{ document_id, held_at: recorded_at, state, decided_at, decided_by },
  };
  const present = fixings.map(({ cbr_id, code, num_code, name, nominal, value }) => ({
    ...{ ...origin, cbr_id, code, num_code, name, nominal, value },
    previous_date: compared.codes.has(cbr_id) ? compared.date : null,
  }));
  const absent = missingIds(fixings, compared).map((cbr_id) => ({
    ...{ ...origin, cbr_id, code: compared.codes.get(cbr_id) ?? cbr_id, num_code: null },
    ...{ name: null, nominal: null, value: null, previous_date: compared.date },
  }));
  return [...present, ...absent].map((line) => Object.assign(new HeldSheetLineEntity(), line));
}
