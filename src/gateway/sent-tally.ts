import type { Framing } from './framing.js';
import type { Frames } from './framed-batch.js';

/** Sums up sent messages and bytes before updating the metrics, which cost more than a write. */
export class SentTally {
  readonly byFraming = new Map<Framing, { count: number; bytes: number }>();

  add(framing: Framing, { count, bytes }: Frames): void {
    const sum = this.byFraming.get(framing);
    if (sum) {
      sum.count += count;
      sum.bytes += bytes.length;
    } else this.byFraming.set(framing, { count, bytes: bytes.length });
  }
}
