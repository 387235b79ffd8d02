import { Injectable } from '@nestjs/common';
import type { EventBatch } from '../events/event-bus.js';
import { EventLog } from '../events/event-log.js';
import { LogIdentity } from '../events/log-identity.js';
import { ResyncRequiredError } from './gateway.errors.js';

/** Where a client stands: the last `seq` that it has, and the log that it counts in, if it says so. */
export interface ClientPosition {
  after: number;
  logId: string | undefined;
}

/** Gives clients what they missed; never with a hole that nobody speaks of. */
@Injectable()
export class CatchUpService {
  constructor(
    private readonly log: EventLog,
    private readonly identity: LogIdentity,
  ) {}

  /** @throws ResyncRequiredError */
  async missed(
    { after, logId }: ClientPosition,
    limit: number,
  ): Promise<{ logId: string; newest: number; events: EventBatch }> {
    const current = await this.identity.current();
    const newest = await this.log.newestSeq();
    const refusal = (reason: string) => new ResyncRequiredError(reason, current, newest);
    if (logId !== undefined && logId !== current) throw refusal('The log is another one');
    if (after > newest) throw refusal(`The log ends with event ${newest}`);
    const events = await this.log.after(after, limit);
    const [first] = events;
    if (first && first.seq !== after + 1) {
      throw refusal(`The log begins with event ${first.seq} by now`);
    }
    return { logId: current, newest, events };
  }
}
