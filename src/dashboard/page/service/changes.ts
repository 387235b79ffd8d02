import type { Change, Rate, Row } from '../values/shapes.js';
import type { Words } from '../language/words-ru.js';

/** Displayed figures of a rate; the row flashes when they change. */
function figuresOf(rate: Rate | null | undefined): string | null {
  return (rate && [rate.nominal, rate.value, rate.effective_date, rate.source].join(' ')) ?? null;
}

/**
 * Rows with changed figures: the rates `before` and `after`, and the column (`at`) of the change, `today` or `next`,
 * or `gone`. When a sheet comes into force its figures move from `next` to `today`, which is not a change.
 */
export function changesBetween(before: readonly Row[], after: readonly Row[]): Change[] {
  const old = new Map(before.map((row) => [row.code, row]));
  const changed = after.flatMap((row) => changeIn(row, old.get(row.code)));
  const codes = new Set(after.map(({ code }) => code));
  const gone = before.filter(({ code }) => !codes.has(code));
  return [
    ...changed,
    ...gone.map(({ code, today }) => ({ code, at: 'gone' as const, before: today, after: null })),
  ];
}

function changeIn(row: Row, was: Row | undefined): Change[] {
  for (const at of ['next', 'today'] as const) {
    const figures = figuresOf(row[at]);
    if (figures === null || [figuresOf(was?.[at]), figuresOf(was?.next)].includes(figures)) {
      continue;
    }
    return [{ code: row.code, at, before: was?.[at] ?? was?.today ?? null, after: row[at] }];
  }
  return [];
}

/** A batch of events; the dates of the sheet as text. */
interface News {
  changes: readonly Change[];
  codes: readonly string[];
  sheet: { date: string | null; next: string | null };
}

/**
 * One sentence for a batch of any size, so that a screen reader announces it once. `codes`: codes of the events;
 * events of other days change nothing on the page.
 */
export function sentenceFor(
  { changes, codes, sheet }: News,
  { words, show }: { words: Words; show: (value: string) => string },
): string | null {
  const [first] = changes;
  if (!first) return codes.length === 0 ? null : words.otherDaysChanged(codes);
  if (changes.length > 1) {
    const isNext = changes.every(({ at }) => at === 'next');
    return words.ratesChanged(changes.length, isNext ? sheet.next : sheet.date);
  }
  const { code, at, before, after } = first;
  if (at === 'gone' || !after) return words.rateGone(code);
  return words.rateChanged(code, before && show(before.value), show(after.value));
}
