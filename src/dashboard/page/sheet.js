/**
 * Sheets of a board. `today` and `latest` are the rates in force today and on the last published day; `latest` is
 * null if that is today.
 */
export function sheetOf(today, latest) {
  const day = today[0]?.requested_date ?? null;
  const date = newestOf(today);
  const next = latest === null ? null : newestOf(latest);
  return {
    /** Today in Moscow; null if no rate is in force. */
    day,
    /** Date of the sheet in force; null if all rates are manual. */
    date,
    /** Whether today has no sheet of its own. */
    isCarried: date !== null && date < day,
    /** Date of the published sheet that is not yet in force; null if there is none. */
    next: next !== null && next > (day ?? '') ? next : null,
  };
}

function newestOf(rates) {
  const dates = rates.flatMap(({ source, effective_date: date }) =>
    source === 'cbr' ? [date] : [],
  );
  return dates.sort().at(-1) ?? null;
}

/**
 * One row for each currency: its rate `today`, and its `next` one from the coming sheet. `held`: codes with a held
 * fixing.
 */
export function rowsOf({ today, latest, sheet, held }) {
  const rows = new Map();
  const rowOf = (rate) => {
    const { code, name, name_en: nameEn } = rate;
    const row = rows.get(code) ?? { code, names: { ru: name, en: nameEn ?? name } };
    rows.set(code, row);
    return Object.assign(row, { isHeld: held.includes(code) });
  };
  for (const rate of today) Object.assign(rowOf(rate), { today: rate, next: null });
  for (const rate of sheet.next === null ? [] : latest) {
    if (rate.effective_date <= sheet.day) continue;
    const row = rowOf(rate);
    Object.assign(row, { today: row.today ?? null, next: rate });
  }
  return [...rows.values()];
}
