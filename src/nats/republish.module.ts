import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { BrokerModule } from './broker.module.js';
import { RatesClientModule } from './rates-client.js';
import { RatesStream } from './rates-stream.js';
import { RelayPublisher } from './relay-publisher.js';
import { StreamRestorer } from './stream-restorer.js';

/** Providers for the republish command: publishing without the relay. */
@Module({
  imports: [EventsModule, BrokerModule, RatesClientModule],
  providers: [RatesStream, RelayPublisher, StreamRestorer],
  exports: [BrokerModule, StreamRestorer],
})
export class RepublishModule {}
