import { CodeFilter } from './code-filter.js';
import type { FramedBatch, Frames } from './framed-batch.js';
import type { LogPosition } from './live-event.js';
import type { Ending, Outlet } from './outlet.js';

/** More than this unsent means that the client does not keep up. */
export const MOST_UNSENT_BYTES = 1024 * 1024;

/**
 * One client, by socket or by stream: a place in the log, and a filter. Whatever moves it moves it
 * forward through `deliver`, which never skips an event and never repeats one.
 */
export class Session {
  private static opened = 0;
  /** Counts the sessions of this process. */
  readonly serial = Session.opened++;
  filter: CodeFilter;
  /** Everything up to this `seq` that the client wants was written to it; undefined before it begins. */
  private seq: number | undefined;
  /** Gets events as they come; before that it is being brought up to them. */
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

  /** What follows is the events after `seq`. */
  begin(seq: number): void {
    this.seq = seq;
  }

  goLive(): void {
    this.live = true;
  }

  /** Writes what the batch has beyond the session's place, and returns it; undefined: nothing. */
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

  /** Whether the client is so far behind that it is better off connecting anew. */
  get isTooSlow(): boolean {
    return this.outlet.unsentBytes > MOST_UNSENT_BYTES;
  }

  /** Says something that is no event of the log, as JSON text. */
  say(json: string, at: LogPosition): void {
    if (this.ended) return;
    this.outlet.write(Buffer.concat(this.outlet.framing.pieces(Buffer.from(json), at)));
  }

  /** Tells the client to reload the rates; the events after `at` follow. */
  sayResync(at: LogPosition): void {
    const { logId, seq } = at;
    this.say(JSON.stringify({ event: 'resync_required', log_id: logId, seq }), at);
  }

  async end(ending: Ending): Promise<void> {
    this.ended = true;
    await this.outlet.end(ending);
  }

  /** The client is gone. */
  leave(): void {
    this.ended = true;
  }
}
