import type { CodeFilter } from './code-filter.js';
import { framed, type Framing } from './framing.js';
import type { LiveEvent } from './live-event.js';

/** Bytes written to a client at once. */
export interface Frames {
  readonly bytes: Buffer;
  /** Number of messages. */
  readonly count: number;
}

/** Events for many clients, framed once for each kind of client and filter. */
export class FramedBatch {
  private readonly made = new Map<Framing, Map<string, Frames>>();

  /** The events after `from`, up to `to`, in order. */
  constructor(
    readonly from: number,
    readonly events: readonly LiveEvent[],
    private readonly logId: string,
  ) {}

  get to(): number {
    return this.events.at(-1)?.seq ?? this.from;
  }

  /** The same object for the same filter. */
  framesFor(framing: Framing, filter: CodeFilter): Frames {
    let ofFraming = this.made.get(framing);
    if (!ofFraming) this.made.set(framing, (ofFraming = new Map<string, Frames>()));
    let frames = ofFraming.get(filter.key);
    if (!frames) ofFraming.set(filter.key, (frames = this.frame(framing, filter)));
    return frames;
  }

  /** The same without the events up to `seq`. */
  after(seq: number): FramedBatch {
    const rest = this.events.filter((event) => event.seq > seq);
    return new FramedBatch(seq, rest, this.logId);
  }

  private frame(framing: Framing, filter: CodeFilter): Frames {
    const wanted = this.events.filter(({ code }) => filter.accepts(code));
    return { bytes: framed(framing, wanted, this.logId), count: wanted.length };
  }
}
