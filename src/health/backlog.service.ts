import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/reader.js';
import { EventLog } from '../events/event-log.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import { StreamCheck } from '../nats/stream-check.js';
import type { NatsStatus } from './status.dto.js';

/** The broker's backlog, and events that its stream has lost. */
@Injectable()
export class BacklogService {
  constructor(
    private readonly broker: BrokerConnection,
    private readonly stream: StreamCheck,
    private readonly log: EventLog,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  get brokerStatus(): Pick<NatsStatus, 'state' | 'jetstream' | 'denied'> {
    const denied = this.broker.denied.map(({ denied_at, ...denial }) => ({
      ...denial,
      denied_at: denied_at.toISOString(),
    }));
    return { state: this.broker.state, jetstream: this.stream.isKept, denied };
  }

  async status(): Promise<NatsStatus> {
    return { ...this.brokerStatus, ...(await this.waiting()), ...(await this.lacking()) };
  }

  /** Compares the stream's state with the log. */
  async lacking(): Promise<Pick<NatsStatus, 'lacking' | 'republish_since'>> {
    const lack = await this.stream.lack();
    const republish_since = lack !== null && lack.events > 0 ? lack.since : null;
    return { lacking: lack?.events ?? null, republish_since };
  }

  /** Backlog from the log and the cursor; empty without a broker. */
  async waiting(): Promise<Pick<NatsStatus, 'backlog' | 'oldest_age_seconds'>> {
    if (this.broker.state === 'disabled') return { backlog: 0, oldest_age_seconds: null };
    // The cursor is read first, so that events sent in between cannot make the backlog negative.
    const { relayed_seq } = await this.reader.store();
    const newestSeq = await this.log.newestSeq();
    const [oldest] = await this.log.after(relayed_seq, 1);
    const age = oldest && this.clock.now().getTime() - oldest.recorded_at.getTime();
    return {
      backlog: newestSeq - relayed_seq,
      oldest_age_seconds: age === undefined ? null : age / 1_000,
    };
  }
}
