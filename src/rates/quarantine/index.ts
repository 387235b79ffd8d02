/** Publications of the bank that need confirmation: jumps of single fixings, and sheets that lack currencies. */
export { AcceptedFixings } from './accepted-fixings.js';
export { AcceptedSheets } from './accepted-sheets.js';
export { isSameSet, linesOn, settleHeldSheet, withdrawLinesOn } from './held-sheets.js';
export { JumpGuard } from './jump-guard.js';
export { decide } from './quarantine-decision.js';
export { QuarantineService, type Verdict } from './quarantine.service.js';
export { SheetGuard } from './sheet-guard.js';
export {
  heldOfSeries,
  heldOfSheet,
  type HeldRecord,
  settleByHistory,
} from './stored-quarantine.js';
