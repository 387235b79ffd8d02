/** What of a rate is shown, and flashes when it is another. */
function figuresOf(rate) {
  return rate && [rate.nominal, rate.value, rate.effective_date, rate.source].join(' ');
}

/**
 * The rows whose figures differ, each with the rate `before` and `after`, and the column that it is `at`:
 * `today` or `next`, or `gone`. On the day for which a sheet was published its figures move to the other
 * column: that is no change.
 */
export function changesBetween(before, after) {
  const old = new Map(before.map((row) => [row.code, row]));
  const changed = after.flatMap((row) => changeIn(row, old.get(row.code)));
  const codes = new Set(after.map(({ code }) => code));
  const gone = before.filter(({ code }) => !codes.has(code));
  return [
    ...changed,
    ...gone.map(({ code, today }) => ({ code, at: 'gone', before: today, after: null })),
  ];
}

function changeIn(row, was) {
  for (const at of ['next', 'today']) {
    const figures = figuresOf(row[at]);
    if (figures === null || [figuresOf(was?.[at]), figuresOf(was?.next)].includes(figures)) {
      continue;
    }
    return [{ code: row.code, at, before: was?.[at] ?? was?.today ?? null, after: row[at] }];
  }
  return [];
}

/**
 * One sentence for everything that came at once, however much it was: whoever has the screen read aloud hears
 * it once. `codes` are those of the events; events of other days change nothing that is shown.
 */
export function sentenceFor({ changes, codes, sheet }, { words, show }) {
  const [first] = changes;
  if (!first) return codes.length === 0 ? null : words.otherDaysChanged(codes);
  if (changes.length > 1) {
    const isNext = changes.every(({ at }) => at === 'next');
    return words.ratesChanged(changes.length, isNext ? sheet.next : sheet.date);
  }
  const { code, at, before, after } = first;
  if (at === 'gone') return words.rateGone(code);
  return words.rateChanged(code, before && show(before.value), show(after.value));
}
