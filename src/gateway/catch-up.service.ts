import { Injectable } from '@nestjs/common';
import { SharedRead } from '../common/shared-read.js';
import type { EventBatch } from '../events/event-bus.js';
import { EventLog } from '../events/event-log.js';
import { RateBooks } from '../rates/book/index.js';
import { ResyncRequiredError } from './gateway.errors.js';
import type { LogPosition } from './live-event.js';
import { MOST_BEHIND, RecentEvents } from './recent-events.js';

/** Resume position of a client: its last `seq`, and the `log_id` if it sent one. */
export interface ClientPosition {
  after: number;
  logId: string | undefined;
}

/** Replays missed events without silent gaps. */
@Injectable()
export class CatchUpService {
  /**
   * Where the log ends, as far as reads of rates know: a client that reloads the rates must not miss what came before
   * it. Thousands ask at once when a service has restarted.
   */
  private readonly end = new SharedRead<LogPosition>(async () => {
    await this.books.follow();
    const { logId, seq } = this.books.current.position;
    return { logId, seq };
  });

  constructor(
    private readonly log: EventLog,
    private readonly books: RateBooks,
    private readonly recent: RecentEvents,
  ) {}

  /**
   * Reads a page of missed events from the log.
   *
   * @throws ResyncRequiredError
   */
  async missed(
    client: ClientPosition,
    limit: number,
  ): Promise<{ end: LogPosition; events: EventBatch }> {
    const end = await this.verify(client);
    // Later commits are in the next page.
    const events = (await this.log.after(client.after, limit)).filter(({ seq }) => seq <= end.seq);
    const [first] = events;
    if (first && first.seq !== client.after + 1) {
      throw new ResyncRequiredError(`The log begins with event ${first.seq} by now`, end);
    }
    return { end, events };
  }

  /**
   * Checks that a live session can resume at the client's position. Returns the end of the log.
   *
   * @throws ResyncRequiredError
   */
  async resume(client: ClientPosition): Promise<LogPosition> {
    const end = await this.verify(client);
    if (end.seq - client.after > MOST_BEHIND) {
      throw new ResyncRequiredError(`More than ${MOST_BEHIND} events were missed`, end);
    }
    if (!(await this.recent.reachBack(client.after))) {
      throw new ResyncRequiredError('What was missed is not kept any more', end);
    }
    return end;
  }

  private async verify({ after, logId }: ClientPosition): Promise<LogPosition> {
    const end = await this.end.fresh();
    const isOther = logId !== undefined && logId !== end.logId;
    if (isOther) throw new ResyncRequiredError('The event log was replaced', end);
    if (after > end.seq) throw new ResyncRequiredError(`The log ends with event ${end.seq}`, end);
    return end;
  }
}
