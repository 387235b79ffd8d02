import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
} from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import { CoalescedTask } from '../common/coalesced-task.js';
import { type EventBatch, EventBus } from '../events/event-bus.js';
import { EventTail } from '../events/event-tail.js';
import { FramedBatch } from './framed-batch.js';
import type { LogPosition } from './live-event.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import { RecentEvents } from './recent-events.js';
import { sendAway } from './send-away.js';
import { SentTally } from './sent-tally.js';
import type { Session } from './session.js';

/** How long sessions are written to in one go, before others get their turn on the event loop, in milliseconds. */
const SLICE_MS = 8;
/** As much as one walk over the sessions, or one step of a replay, takes along, in bytes of JSON. */
const MOST_AT_ONCE_BYTES = 256 * 1024;
/** A replay waits while more than this is unsent: whoever reads it sets its pace. */
const REPLAY_WINDOW_BYTES = 128 * 1024;

/**
 * Brings every session to the end of the log and keeps it there.
 *
 * A session is a place in the log. One that is behind is replayed to at its client's pace, and goes
 * live in the very step in which it reaches the newest event; those that are live get each batch in
 * one walk, in slices, so that the event loop stays free. Both read the same memory of the log, so
 * there is no seam between them that could lose or repeat an event (ADR 8).
 */
@Injectable()
export class LiveDelivery implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveDelivery.name);
  private readonly broadcast = new CoalescedTask(() => this.broadcastNews());
  private leaveBus = (): void => undefined;
  private logId = '';
  /** Up to which `seq` the live sessions have everything, but for a walk under way. */
  private broadcastTo = 0;

  constructor(
    private readonly bus: EventBus,
    private readonly tail: EventTail,
    private readonly recent: RecentEvents,
    private readonly sessions: LiveSessions,
    private readonly metrics: LiveMetrics,
  ) {}

  onModuleInit(): void {
    const { logId, seq } = this.tail.position;
    this.logId = logId;
    this.recent.begin(seq);
    this.broadcastTo = seq;
    this.leaveBus = this.bus.subscribe(
      LiveDelivery.name,
      (batch) => this.take(batch),
      (newLogId) => this.announceNewLog(newLogId),
    );
  }

  /** What was committed so far still reaches the sessions, then they are told to come back. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.tail.caughtUp();
    this.leaveBus();
    await this.broadcast.idle();
    await sendAway(this.sessions);
  }

  /** The newest event that sessions are brought to. */
  get position(): LogPosition {
    return { logId: this.logId, seq: this.recent.head };
  }

  /** Where a session stands; undefined before it begins. */
  positionOf({ position }: Session): LogPosition | undefined {
    return position === undefined ? undefined : { logId: this.logId, seq: position };
  }

  /** From now on the session gets what comes. */
  beginLive(session: Session): void {
    session.begin(this.recent.head);
    session.goLive();
  }

  /** From now on the session gets everything after that place: first what is there, then what comes. */
  async beginAfter(session: Session, { logId, seq }: LogPosition): Promise<void> {
    // The log has got a new name a moment ago, which either the tail or the session's client does not know.
    if (logId !== this.logId) await this.tail.caughtUp();
    if (logId !== this.logId) {
      this.sessions.drop(session, 'failed');
      return;
    }
    session.begin(seq);
    for (let at = seq; !session.hasEnded && at < this.recent.head; at = session.position ?? at) {
      // Always a turn of the event loop: a connection that is being destroyed has drained at once.
      await nextTurn();
      if (session.outlet.unsentBytes > REPLAY_WINDOW_BYTES) {
        await session.outlet.drained();
        continue;
      }
      const events = this.recent.after(at, MOST_AT_ONCE_BYTES);
      if (!events) {
        // It reads more slowly than events come.
        this.sessions.drop(session, 'too_slow');
        return;
      }
      const tally = new SentTally();
      this.deliver(session, new FramedBatch(at, events, this.logId), tally);
      this.metrics.sent(tally);
    }
    // No turn of the event loop lies between the last look at `head` and this.
    session.goLive();
  }

  /** Takes events over from the bus: nothing here can fail, and none is lost on the way. */
  private take(batch: EventBatch): void {
    const [first] = batch;
    if (first && first.seq !== this.recent.head + 1) {
      this.beginAnew(this.recent.head, first.seq - 1);
    }
    this.recent.append(batch);
    this.broadcast.wake();
  }

  /** The log has a hole, which cannot be: no client may be left to think that it has everything. */
  private beginAnew(after: number, head: number): void {
    this.logger.error(`Events ${after + 1} to ${head} are missing: clients must connect anew`);
    for (const session of this.sessions) this.sessions.drop(session, 'failed');
    this.recent.begin(head);
    this.broadcastTo = head;
  }

  /** The log has got a new name, because a backup was restored: what clients have may not be what it has. */
  private announceNewLog(logId: string): void {
    this.logId = logId;
    const at = this.position;
    for (const session of this.sessions) {
      // Who has not begun yet begins under the new name.
      if (session.position !== undefined) session.sayResync(at);
    }
  }

  private async broadcastNews(): Promise<void> {
    for (;;) {
      const events = this.recent.after(this.broadcastTo, MOST_AT_ONCE_BYTES);
      if (!events) {
        this.beginAnew(this.broadcastTo, this.recent.head);
        return;
      }
      if (events.length === 0) {
        this.recent.forgetOld();
        return;
      }
      const batch = new FramedBatch(this.broadcastTo, events, this.logId);
      await this.metrics.timeBroadcast(() => this.walk(batch));
      // A hole that showed meanwhile has taken everybody further.
      this.broadcastTo = Math.max(this.broadcastTo, batch.to);
    }
  }

  private async walk(batch: FramedBatch): Promise<void> {
    const tally = new SentTally();
    let sliceEnds = performance.now() + SLICE_MS;
    // Sessions added during iteration are visited; they have nothing to send.
    for (const session of this.sessions) {
      if (!session.isLive) continue;
      if (session.isTooSlow) this.sessions.drop(session, 'too_slow');
      else this.deliver(session, batch, tally);
      if (performance.now() < sliceEnds) continue;
      await nextTurn();
      sliceEnds = performance.now() + SLICE_MS;
    }
    this.metrics.sent(tally);
  }

  private deliver(session: Session, batch: FramedBatch, tally: SentTally): void {
    try {
      const frames = session.deliver(batch);
      if (frames) tally.add(session.outlet.framing, frames);
    } catch (thrown) {
      // One session's failure is its own: the client connects anew and goes on from where it was.
      this.logger.error(`A live client is dropped: ${messageOf(thrown)}`);
      this.sessions.drop(session, 'failed');
    }
  }
}
