import { CodeFilter } from './code-filter.js';
import type { FramedBatch, Frames } from './framed-batch.js';
import type { LogPosition } from './live-event.js';
import type { Ending, Outlet } from './outlet.js';

/** Send-buffer limit in bytes: above it, the client is a slow consumer. */
export const MOST_UNSENT_BYTES = 1024 * 1024;

/**
 * One client, by socket or stream: a position in the log and a filter. It advances only through `deliver`, which
 * never skips or repeats an event.
 */
export class Session {
  private static opened = 0;
  /** Number of the session within this process. */
  readonly serial = Session.opened++;
  filter: CodeFilter;
  /** All matching events up to this `seq` were written; undefined before it begins. */
  private seq: number | undefined;
  /** Whether it is live; until then it is replaying. */
  private live = false;
  private ended = false;

  constructor(
    readonly outlet: Outlet,
    codes: readonly string[] | undefined,
  ) {
    this.filter = CodeFilter.of(codes);
  }

  get position(): number | undefined {
    return this.seq;
  }

  get isLive(): boolean {
    return this.live && !this.ended;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** Starts after `seq`. */
  begin(seq: number): void {
    this.seq = seq;
  }

  goLive(): void {
    this.live = true;
  }

  /** Writes and returns the part of the batch after the session's position; undefined: nothing. */
  deliver(batch: FramedBatch): Frames | undefined {
    if (this.ended || this.seq === undefined || this.seq >= batch.to) return undefined;
    if (this.seq < batch.from) {
      throw new RangeError(`Events ${this.seq + 1} to ${batch.from} are missing`);
    }
    const part = this.seq === batch.from ? batch : batch.after(this.seq);
    this.seq = batch.to;
    const frames = part.framesFor(this.outlet.framing, this.filter);
    if (frames.count === 0) return undefined;
    this.outlet.write(frames.bytes);
    return frames;
  }

  /** Whether the client is too far behind to keep. */
  get isTooSlow(): boolean {
    return this.outlet.unsentBytes > MOST_UNSENT_BYTES;
  }

  /** Sends a JSON text that is no event. */
  say(json: string, at: LogPosition): void {
    if (this.ended) return;
    this.outlet.write(Buffer.concat(this.outlet.framing.pieces(Buffer.from(json), at)));
  }

  /** Sends `resync_required`; the events after `at` follow. */
  sayResync(at: LogPosition): void {
    const { logId, seq } = at;
    this.say(JSON.stringify({ event: 'resync_required', log_id: logId, seq }), at);
  }

  async end(ending: Ending): Promise<void> {
    this.ended = true;
    await this.outlet.end(ending);
  }

  /** The client disconnected. */
  leave(): void {
    this.ended = true;
  }
}
