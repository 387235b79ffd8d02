import { Module } from '@nestjs/common';
import { LiveEventsModule } from '../events/live-events.module.js';
import { CatchUpService } from './catch-up.service.js';
import { EventsController } from './events.controller.js';
import { RatesGateway } from './rates.gateway.js';

/** Live delivery, and catching up with it. */
@Module({
  imports: [LiveEventsModule],
  controllers: [EventsController],
  providers: [RatesGateway, CatchUpService],
})
export class GatewayModule {}
