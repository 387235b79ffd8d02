import { changeOf, derivedFigure, dividedBy, figureOf } from '../../common/rate-arithmetic.js';
import type { V1QuarantinedFixing } from './quarantine.dto.js';
import type { V1QuarantinedSheet } from './quarantined-sheet.dto.js';
import {
  type HeldSheetContents,
  priceInTodaysRoubles,
  type QuarantineItem,
  type ShownFixing,
  type ShownSheet,
} from '../model/index.js';

/** Converts a quarantined item to `/v1`. */
export function quarantineItemJson(item: QuarantineItem): V1QuarantinedFixing | V1QuarantinedSheet {
  return item.kind === 'fixing'
    ? quarantinedFixingJson(item.fixing)
    : quarantinedSheetJson(item.sheet, item.contents);
}

/** Converts a held fixing to `/v1`. */
export function quarantinedFixingJson(row: ShownFixing): V1QuarantinedFixing {
  const { id, kind, code, cbr_id, name, nominal, value, effective_date } = row;
  const { previous_value, previous_nominal, previous_date } = row;
  const price = priceInTodaysRoubles({ nominal, value }, effective_date);
  const before = { nominal: previous_nominal, value: previous_value };
  const moved = dividedBy(price, priceInTodaysRoubles(before, previous_date));
  return {
    ...{ id, kind, code, cbr_id, name, nominal, value, effective_date },
    ...{ previous_value, previous_nominal, previous_date },
    change_percent: changeOf(derivedFigure(moved), figureOf('1')).change_percent,
    ...decisionJson(row),
  };
}

function quarantinedSheetJson(
  row: ShownSheet,
  { dates, currencies, missing }: HeldSheetContents,
): V1QuarantinedSheet {
  const { id, kind, effective_date, previous_date } = row;
  return {
    ...{ id, kind, effective_date, dates, currencies },
    ...{ previous_date, missing_codes: missing },
    ...decisionJson(row),
  };
}

function decisionJson({ state, held_at, decided_at, decided_by }: ShownFixing | ShownSheet) {
  return {
    state,
    held_at: textOf(held_at),
    decided_at: decided_at && textOf(decided_at),
    decided_by,
  };
}

function textOf(instant: Date | string): string {
  return typeof instant === 'string' ? instant : instant.toISOString();
}
