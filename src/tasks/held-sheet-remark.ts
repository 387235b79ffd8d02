import type { HeldSheet } from '../rates/model/index.js';

/** Most currencies that a remark names. */
const MOST_NAMED = 20;

/** Remark about a held sheet: what it lacks and how to decide. */
export function heldSheetRemark({ sheet, contents }: HeldSheet): string {
  const { dates, compared, missing } = contents;
  const [first, last] = [dates[0] ?? sheet.effective_date, dates.at(-1)];
  const which =
    dates.length > 1
      ? `the sheets of ${dates.length} dates from ${first} to ${last} are`
      : `the sheet of ${first} is`;
  const lacks = `${dates.length > 1 ? 'they lack' : 'it lacks'} ${missing.length} of the ${compared} currencies of ${sheet.previous_date} (${named(missing)})`;
  const call = `POST /v1/quarantine/${sheet.id}`;
  return sheet.state === 'rejected'
    ? `${which} kept out, as was decided: ${lacks}; ${call}/accept records ${dates.length > 1 ? 'them' : 'it'} all the same`
    : `${which} held: ${lacks}; decide with ${call}/accept or ${call}/reject`;
}

function named(codes: readonly string[]): string {
  const first = codes.slice(0, MOST_NAMED).join(', ');
  return codes.length > MOST_NAMED ? `${first} and ${codes.length - MOST_NAMED} more` : first;
}
