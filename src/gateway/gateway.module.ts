import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { RatesGateway } from './rates.gateway.js';

@Module({ imports: [EventsModule], providers: [RatesGateway] })
export class GatewayModule {}
