import type { Framing } from './framing.js';
import type { Frames } from './framed-batch.js';

/** What was sent, by kind of client, added up before it is counted: metrics cost more than a write's worth. */
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
