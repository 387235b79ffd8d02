import { Module } from '@nestjs/common';
import { LiveEventsModule } from '../events/live-events.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { CatchUpService } from './catch-up.service.js';
import { ConnectionLimiter } from './connection-limiter.js';
import { EventsController } from './events.controller.js';
import { Handshakes } from './handshakes.js';
import { Heartbeat } from './heartbeat.js';
import { LiveDelivery } from './live-delivery.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import { RatesGateway } from './rates.gateway.js';
import { RecentEvents } from './recent-events.js';
import { SessionOpening } from './session-opening.js';
import { SocketAddressController } from './socket-address.controller.js';
import { Snapshots } from './snapshots.js';
import { StreamController } from './stream.controller.js';

/** Live delivery, by socket and by stream, and catching up with it. */
@Module({
  imports: [LiveEventsModule, RatesModule],
  controllers: [EventsController, StreamController, SocketAddressController],
  providers: [
    ...[RatesGateway, Handshakes, ConnectionLimiter],
    ...[SessionOpening, CatchUpService, Snapshots],
    ...[LiveDelivery, LiveSessions, RecentEvents, Heartbeat, LiveMetrics],
  ],
  exports: [LiveMetrics],
})
export class GatewayModule {}
