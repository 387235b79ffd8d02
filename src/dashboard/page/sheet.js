/**
 * Which sheets a board shows. `today` and `latest` are the rates in force today and on the last day that a
 * sheet is published for; `latest` is null where that is today.
 */
export function sheetOf(today, latest) {
  const day = today[0]?.requested_date ?? null;
  const date = newestOf(today);
  const next = latest === null ? null : newestOf(latest);
  return {
    /** Today in Moscow; null where nothing is in force. */
    day,
    /** The date that the sheet in force was set for; null where all rates are people's. */
    date,
    /** Today has no sheet of its own. */
    isCarried: date !== null && date < day,
    /** The date of the sheet that is published and not yet in force; null while there is none. */
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
 * One row for each currency: its rate `today`, and its `next` one where the coming sheet has it; `held` are
 * the codes whose figure waits for a person.
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
