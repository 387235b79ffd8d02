import { Module } from '@nestjs/common';
import { LiveEventsModule } from '../events/live-events.module.js';
import { BrokerModule } from './broker.module.js';
import { CommitHints } from './commit-hints.js';
import { RatesClientModule } from './rates-client.js';
import { RatesRelay } from './rates.relay.js';
import { RatesStream } from './rates-stream.js';
import { RelayCursor } from './relay-cursor.js';
import { RelayPublisher } from './relay-publisher.js';
import { StreamCheck } from './stream-check.js';

@Module({
  imports: [LiveEventsModule, BrokerModule, RatesClientModule],
  providers: [CommitHints, RatesStream, RelayCursor, RelayPublisher, RatesRelay, StreamCheck],
  exports: [BrokerModule, RatesStream, StreamCheck],
})
export class NatsModule {}
