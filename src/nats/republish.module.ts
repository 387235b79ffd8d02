import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BrokerConnection } from './broker-connection.js';
import { BrokerDenials } from './broker-denials.js';
import { JetStreamClientProxy } from './jetstream.client-proxy.js';
import { RatesStream } from './rates-stream.js';
import { RelayPublisher } from './relay-publisher.js';
import { StreamRestorer } from './stream-restorer.js';

/** The part of this room that a command needs: it publishes, and relays nothing. */
@Module({
  imports: [EventsModule],
  providers: [
    BrokerConnection,
    BrokerDenials,
    JetStreamClientProxy,
    RatesStream,
    RelayPublisher,
    StreamRestorer,
  ],
  exports: [BrokerConnection, StreamRestorer],
})
export class RepublishModule {}
