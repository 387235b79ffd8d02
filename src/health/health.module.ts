import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { NatsModule } from '../nats/nats.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { BacklogService } from './backlog.service.js';
import { MetricsController } from './metrics.controller.js';
import { ProbesController } from './probes.controller.js';
import { StatusController } from './status.controller.js';
import { StatusService } from './status.service.js';

@Module({
  imports: [EventsModule, RatesModule, TasksModule, NatsModule, GatewayModule],
  controllers: [StatusController, ProbesController, MetricsController],
  providers: [StatusService, BacklogService],
  exports: [StatusService],
})
export class HealthModule {}
