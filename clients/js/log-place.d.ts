import type { Position } from './kurs.js';

export type Verdict = 'next' | 'seen' | 'hole';

export class LogPlace {
  constructor(position: Position | null);
  get position(): Position | null;
  begin(position: Position): void;
  forget(): void;
  advance(seq: number, isFiltered: boolean): Verdict;
  confirm(position: Position, isFiltered: boolean): Verdict;
}
