import { changePercent, derived, dividedBy } from '../common/rate-arithmetic.js';
import type { V1QuarantinedFixing } from './quarantine.dto.js';
import type { V1QuarantinedSheet } from './quarantined-sheet.dto.js';
import type { QuarantineItemEntity } from './quarantine-item.entity.js';
import type { HeldSheetContents, QuarantineItem } from './quarantine-items.js';
import type { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import type { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';
import { priceInTodaysRoubles } from './rouble.js';

/** An item of the quarantine as `/v1` shows it. */
export function quarantineItemJson(item: QuarantineItem): V1QuarantinedFixing | V1QuarantinedSheet {
  return item.kind === 'fixing'
    ? quarantinedFixingJson(item.fixing)
    : quarantinedSheetJson(item.sheet, item.contents);
}

/** A held fixing as `/v1` shows it. */
export function quarantinedFixingJson(row: QuarantinedFixingEntity): V1QuarantinedFixing {
  const { id, kind, code, cbr_id, name, nominal, value, effective_date } = row;
  const { previous_value, previous_nominal, previous_date } = row;
  const price = priceInTodaysRoubles({ nominal, value }, effective_date);
  const before = { nominal: previous_nominal, value: previous_value };
  const moved = dividedBy(price, priceInTodaysRoubles(before, previous_date));
  return {
    ...{ id, kind, code, cbr_id, name, nominal, value, effective_date },
    ...{ previous_value, previous_nominal, previous_date },
    change_percent: changePercent(derived(moved), '1'),
    ...decisionJson(row),
  };
}

function quarantinedSheetJson(
  row: QuarantinedSheetEntity,
  { dates, currencies, missing }: HeldSheetContents,
): V1QuarantinedSheet {
  const { id, kind, effective_date, previous_date } = row;
  return {
    ...{ id, kind, effective_date, dates, currencies },
    ...{ previous_date, missing_codes: missing },
    ...decisionJson(row),
  };
}

function decisionJson({ state, held_at, decided_at, decided_by }: QuarantineItemEntity) {
  return {
    state,
    held_at: held_at.toISOString(),
    decided_at: decided_at?.toISOString() ?? null,
    decided_by,
  };
}
