import type { Rate, Row, Sheet } from './shapes.js';

export function sheetOf(today: readonly Rate[], latest: readonly Rate[] | null): Sheet;
export function rowsOf(answers: {
  today: readonly Rate[];
  latest: readonly Rate[] | null;
  sheet: Sheet;
  held: readonly string[];
}): Row[];
