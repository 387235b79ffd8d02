import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { EventLog } from '../events/event-log.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import { RatesStream } from '../nats/rates-stream.js';
import type { NatsStatus } from './status.dto.js';

/** What waits for the broker. */
@Injectable()
export class BacklogService {
  constructor(
    private readonly broker: BrokerConnection,
    private readonly stream: RatesStream,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  async backlog(newestSeq: number, relayedSeq: number): Promise<NatsStatus> {
    const [oldest] = await this.log.after(relayedSeq, 1);
    const age = oldest && this.clock.now().getTime() - oldest.recorded_at.getTime();
    return {
      state: this.broker.state,
      jetstream: this.broker.open ? this.stream.isKeptBy(this.broker.open) : null,
      backlog: newestSeq - relayedSeq,
      oldest_age_seconds: age === undefined ? null : age / 1_000,
    };
  }
}
