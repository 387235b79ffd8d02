import { Module } from '@nestjs/common';
import { LiveEventsModule } from '../events/live-events.module.js';
import { BrokerConnection } from './broker-connection.js';
import { BrokerDenials } from './broker-denials.js';
import { CommitHints } from './commit-hints.js';
import { JetStreamClientProxy } from './jetstream.client-proxy.js';
import { RatesRelay } from './rates.relay.js';
import { RatesStream } from './rates-stream.js';
import { RelayCursor } from './relay-cursor.js';
import { RelayPublisher } from './relay-publisher.js';
import { StreamCheck } from './stream-check.js';

@Module({
  imports: [LiveEventsModule],
  providers: [
    BrokerConnection,
    BrokerDenials,
    CommitHints,
    JetStreamClientProxy,
    RatesStream,
    RelayCursor,
    RelayPublisher,
    RatesRelay,
    StreamCheck,
  ],
  exports: [BrokerConnection, RatesStream, StreamCheck],
})
export class NatsModule {}
