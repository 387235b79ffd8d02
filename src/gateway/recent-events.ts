import { Injectable } from '@nestjs/common';
import { ownBytes } from '../common/own-bytes.js';
import type { EventBatch } from '../events/event-bus.js';
import { EventLog } from '../events/event-log.js';
import type { LiveEvent } from './live-event.js';

/** A client further behind than this must reload the rates. */
export const MOST_BEHIND = 10_000;
/** Events that a replaying client needs stay in the buffer until it has caught up. */
const KEPT = 2 * MOST_BEHIND;
const FORGOTTEN_AT_ONCE = 1_000;
const PAGE = 1_000;

/**
 * Buffer of the newest events of the log, without gaps. It grows with the log, and backwards when a client resumes
 * from further back; later clients are served from memory.
 */
@Injectable()
export class RecentEvents {
  private events: LiveEvent[] = [];
  private newest = 0;
  private reaching: Promise<unknown> = Promise.resolve();

  constructor(private readonly log: EventLog) {}

  /** `seq` of the newest buffered event. */
  get head(): number {
    return this.newest;
  }

  /** Resets the buffer to empty, after the event `head`. */
  begin(head: number): void {
    this.events = [];
    this.newest = head;
  }

  append(batch: EventBatch): void {
    for (const event of batch) this.events.push(toLive(event));
    this.newest = this.events.at(-1)?.seq ?? this.newest;
  }

  /** Trims the buffer; called when live sessions have all of it. */
  forgetOld(): void {
    if (this.events.length > KEPT + FORGOTTEN_AT_ONCE) {
      this.events.splice(0, this.events.length - KEPT);
    }
  }

  /** Events after `seq` in order, limited by bytes but at least one if there is one. Undefined if not buffered. */
  after(seq: number, mostBytes: number): LiveEvent[] | undefined {
    if (seq >= this.newest) return [];
    const from = seq + 1 - this.oldest;
    if (from < 0) return undefined;
    let [to, bytes] = [from, 0];
    do bytes += this.events[to++]?.json.length ?? 0;
    while (bytes < mostBytes && to < this.events.length);
    return this.events.slice(from, to);
  }

  /** Loads everything after `seq` into the buffer. False if the log does not go back so far. */
  async reachBack(seq: number): Promise<boolean> {
    // Serialized: the second caller finds what the first has loaded.
    const turn = this.reaching.then(() => this.readBack(seq));
    this.reaching = turn.catch(() => undefined);
    return turn;
  }

  private get oldest(): number {
    return this.events[0]?.seq ?? this.newest + 1;
  }

  private async readBack(seq: number): Promise<boolean> {
    const older: LiveEvent[] = [];
    for (let after = seq; after + 1 < this.oldest; after = older.at(-1)?.seq ?? after) {
      const page = await this.log.after(after, Math.min(PAGE, this.oldest - 1 - after));
      // Old events are pruned from the log's beginning.
      if (page[0]?.seq !== after + 1) return false;
      for (const event of page) older.push(toLive(event));
    }
    this.events = [...older, ...this.events];
    return true;
  }
}

function toLive({ seq, code, payload }: EventBatch[number]): LiveEvent {
  return { seq, code, json: ownBytes(Buffer.from(payload)) };
}
