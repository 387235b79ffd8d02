import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/reader.js';
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
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  get brokerStatus(): Pick<NatsStatus, 'state' | 'jetstream'> {
    const { open, state } = this.broker;
    return { state, jetstream: open ? this.stream.isKeptBy(open) : null };
  }

  /** By what is stored; nothing waits where no broker is set. */
  async waiting(): Promise<NatsStatus> {
    if (this.broker.state === 'disabled') {
      return { ...this.brokerStatus, backlog: 0, oldest_age_seconds: null };
    }
    // The cursor first: what is sent in between is no backlog below zero.
    const { relayed_seq } = await this.reader.store();
    const newestSeq = await this.log.newestSeq();
    const [oldest] = await this.log.after(relayed_seq, 1);
    const age = oldest && this.clock.now().getTime() - oldest.recorded_at.getTime();
    return {
      ...this.brokerStatus,
      backlog: newestSeq - relayed_seq,
      oldest_age_seconds: age === undefined ? null : age / 1_000,
    };
  }
}
