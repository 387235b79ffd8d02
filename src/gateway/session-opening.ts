import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import { CatchUpService, type ClientPosition } from './catch-up.service.js';
import { ResyncRequiredError } from './gateway.errors.js';
import type { LogPosition } from './live-event.js';
import { LiveDelivery } from './live-delivery.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import type { Session } from './session.js';
import { Snapshots } from './snapshots.js';

/** Start position that a client requested. */
export interface Beginning {
  since: ClientPosition | undefined;
  snapshot: boolean;
}

/** Opens a session at the requested position: live, with a snapshot, or resuming. */
@Injectable()
export class SessionOpening {
  private readonly logger = new Logger(SessionOpening.name);

  constructor(
    private readonly sessions: LiveSessions,
    private readonly delivery: LiveDelivery,
    private readonly catchUp: CatchUpService,
    private readonly snapshots: Snapshots,
    private readonly metrics: LiveMetrics,
  ) {}

  /** Never rejects: if opening fails, the session is closed and the client told to retry. */
  async open(session: Session, { since, snapshot }: Beginning): Promise<void> {
    this.sessions.enter(session);
    if (!since && !snapshot) {
      this.delivery.beginLive(session);
      return;
    }
    try {
      const begin = since
        ? await this.resume(session, since, snapshot)
        : await this.sendSnapshot(session);
      await this.delivery.beginAfter(session, begin);
    } catch (thrown) {
      this.logger.error(`A live client cannot be served: ${messageOf(thrown)}`);
      this.sessions.drop(session, 'failed');
    }
  }

  /** Both return the position after which events follow. */
  private async resume(
    session: Session,
    since: ClientPosition,
    wantsSnapshot: boolean,
  ): Promise<LogPosition> {
    try {
      const end = await this.catchUp.resume(since);
      this.metrics.replayed(end.seq - since.after);
      return { logId: end.logId, seq: since.after };
    } catch (thrown) {
      if (!(thrown instanceof ResyncRequiredError)) throw thrown;
      this.metrics.resynced();
      session.sayResync(thrown.at);
      return wantsSnapshot ? this.sendSnapshot(session) : thrown.at;
    }
  }

  private async sendSnapshot(session: Session): Promise<LogPosition> {
    const snapshot = await this.snapshots.current();
    session.say(snapshot.jsonFor(session.filter), snapshot.at);
    return snapshot.at;
  }
}
