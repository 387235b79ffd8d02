export class Batch {
  constructor(hand: (codes: string[]) => void, timing?: { quietMs: number; mostMs: number });
  add(event: { code: string }): void;
}
