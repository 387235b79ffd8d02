import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BrokerConnection } from './broker-connection.js';
import { JetStreamClientProxy } from './jetstream.client-proxy.js';
import { RatesRelay } from './rates.relay.js';
import { RatesStream } from './rates-stream.js';
import { RelayCursor } from './relay-cursor.js';
import { RelayPublisher } from './relay-publisher.js';

@Module({
  imports: [EventsModule],
  providers: [
    BrokerConnection,
    JetStreamClientProxy,
    RatesStream,
    RelayCursor,
    RelayPublisher,
    RatesRelay,
  ],
  exports: [BrokerConnection],
})
export class NatsModule {}
