import type { Change, Row } from './shapes.js';

export function changesBetween(before: readonly Row[], after: readonly Row[]): Change[];
export function sentenceFor(
  news: {
    changes: readonly Change[];
    codes: readonly string[];
    sheet: { date: string | null; next: string | null };
  },
  tongue: { words: object; show: (value: string) => string },
): string | null;
