import type { Rate, Row, Sheet } from '../values/shapes.js';

/**
 * Sheets of a board. `today` and `latest` are the rates in force today and on the last published day; `latest` is
 * null if that is today.
 */
export function sheetOf(today: readonly Rate[], latest: readonly Rate[] | null): Sheet {
  const day = today[0]?.requested_date ?? null;
  const date = newestOf(today);
  const next = latest === null ? null : newestOf(latest);
  return {
    day,
    date,
    isCarried: date !== null && date < (day ?? ''),
    next: next !== null && next > (day ?? '') ? next : null,
  };
}

function newestOf(rates: readonly Rate[]): string | null {
  const dates = rates.flatMap(({ source, effective_date: date }) =>
    source === 'cbr' ? [date] : [],
  );
  return dates.sort().at(-1) ?? null;
}

interface Answers {
  today: readonly Rate[];
  latest: readonly Rate[] | null;
  sheet: Sheet;
  held: readonly string[];
}

/**
 * One row for each currency: its rate `today`, and its `next` one from the coming sheet. `held`: codes with a held
 * fixing.
 */
export function rowsOf({ today, latest, sheet, held }: Answers): Row[] {
  const rows = new Map<string, Row>();
  const rowOf = (rate: Rate): Row => {
    const { code, name, name_en: nameEn } = rate;
    const names = { ru: name, en: nameEn ?? name };
    const isHeld = held.includes(code);
    const row = rows.get(code) ?? { code, names, today: null, next: null, isHeld };
    rows.set(code, row);
    return row;
  };
  for (const rate of today) rowOf(rate).today = rate;
  for (const rate of sheet.next === null ? [] : (latest ?? [])) {
    if (rate.effective_date > (sheet.day ?? '')) rowOf(rate).next = rate;
  }
  return [...rows.values()];
}
