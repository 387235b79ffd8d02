import type { Rate } from './shapes.js';

type Fixing = Pick<Rate, 'effective_date' | 'nominal' | 'value' | 'rate'>;
type Range = '1m' | '1y' | '5y' | 'all';

export const RANGES: Range[];
export function rangeStart(range: Range, day: string): string;
export function sparkStart(day: string): string;
export function isOldRouble(fixing: Pick<Rate, 'effective_date'>): boolean;
export function summaryOf<Each extends Fixing>(
  fixings: readonly Each[],
): {
  low: Each;
  high: Each;
  average: string;
  nominal: number;
  places: number;
  count: number;
} | null;
export function lineThrough(
  fixings: readonly Pick<Rate, 'effective_date' | 'rate'>[],
  box: { width: number; height: number; margin?: number },
  days: { from: string; to: string },
): string;
