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
import { closeForRestart } from './close-for-restart.js';
import { SentTally } from './sent-tally.js';
import type { Session } from './session.js';

/** Time slice of writing to sessions before yielding to the event loop, in milliseconds. */
const SLICE_MS = 8;
/** Most bytes of JSON in one broadcast or one step of a replay. */
const MOST_AT_ONCE_BYTES = 256 * 1024;
/** A replay waits while the send buffer holds more bytes than this: backpressure. */
const REPLAY_WINDOW_BYTES = 128 * 1024;

/**
 * Keeps every session at the end of the log.
 *
 * A session is a position in the log. A session behind the end is replayed at its client's pace, and becomes live in
 * the same step in which it reaches the newest event. Live sessions get each batch in one iteration, in time slices.
 * Replay and broadcast read the same buffer of recent events, so no event can be lost or repeated between them
 * (ADR 8).
 */
@Injectable()
export class LiveDelivery implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveDelivery.name);
  private readonly broadcast = new CoalescedTask(() => this.broadcastNews());
  private leaveBus = (): void => undefined;
  private logId = '';
  /** Last `seq` broadcast to live sessions, or being broadcast. */
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

  /** Delivers everything committed so far, then closes the sessions for a restart. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.tail.caughtUp();
    this.leaveBus();
    await this.broadcast.idle();
    await closeForRestart(this.sessions);
  }

  /** The newest event for sessions. */
  get position(): LogPosition {
    return { logId: this.logId, seq: this.recent.head };
  }

  /** Position of a session; undefined before it begins. */
  positionOf({ position }: Session): LogPosition | undefined {
    return position === undefined ? undefined : { logId: this.logId, seq: position };
  }

  /** Makes the session live at the end of the log. */
  beginLive(session: Session): void {
    session.begin(this.recent.head);
    session.goLive();
  }

  /** Starts the session after a position: replay, then live. */
  async beginAfter(session: Session, { logId, seq }: LogPosition): Promise<void> {
    // The `log_id` has just changed, and the tail or the client does not know it yet.
    if (logId !== this.logId) await this.tail.caughtUp();
    if (logId !== this.logId) {
      this.sessions.drop(session, 'failed');
      return;
    }
    session.begin(seq);
    for (let at = seq; !session.hasEnded && at < this.recent.head; at = session.position ?? at) {
      // Always yields: a connection being destroyed reports as drained at once.
      await nextTurn();
      if (session.outlet.unsentBytes > REPLAY_WINDOW_BYTES) {
        await session.outlet.drained();
        continue;
      }
      const events = this.recent.after(at, MOST_AT_ONCE_BYTES);
      if (!events) {
        // The client reads more slowly than events arrive.
        this.sessions.drop(session, 'too_slow');
        return;
      }
      const tally = new SentTally();
      this.deliver(session, new FramedBatch(at, events, this.logId), tally);
      this.metrics.sent(tally);
    }
    // No await between the last check of `head` and this.
    session.goLive();
  }

  /** Receives events from the bus; must not fail. */
  private take(batch: EventBatch): void {
    const [first] = batch;
    if (first && first.seq !== this.recent.head + 1) {
      this.beginAnew(this.recent.head, first.seq - 1);
    }
    this.recent.append(batch);
    this.broadcast.wake();
  }

  /** A gap in the log, which must never happen: all sessions resync. */
  private beginAnew(after: number, head: number): void {
    this.logger.error(`Events ${after + 1} to ${head} are missing: clients must connect anew`);
    for (const session of this.sessions) this.sessions.drop(session, 'failed');
    this.recent.begin(head);
    this.broadcastTo = head;
  }

  /** The `log_id` changed after a restore: clients may have other events, so all sessions resync. */
  private announceNewLog(logId: string): void {
    this.logId = logId;
    const at = this.position;
    for (const session of this.sessions) {
      // Sessions that have not begun start with the new log.
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
      // A gap found meanwhile has moved all sessions already.
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
      // Failures do not affect other sessions: the client reconnects and resumes.
      this.logger.error(`A live client is dropped: ${messageOf(thrown)}`);
      this.sessions.drop(session, 'failed');
    }
  }
}
