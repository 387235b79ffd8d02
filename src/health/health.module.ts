import { Module } from '@nestjs/common';
import { CbrModule } from '../cbr/cbr.module.js';
import { EventsModule } from '../events/events.module.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { NatsModule } from '../nats/nats.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { BacklogService } from './backlog.service.js';
import { BankMetrics } from './bank-metrics.js';
import { BankStatusService } from './bank-status.service.js';
import { MetricsController } from './metrics.controller.js';
import { ProbesController } from './probes.controller.js';
import { StatusController } from './status.controller.js';
import { StatusService } from './status.service.js';

@Module({
  imports: [EventsModule, CbrModule, RatesModule, TasksModule, NatsModule, GatewayModule],
  controllers: [StatusController, ProbesController, MetricsController],
  providers: [StatusService, BacklogService, BankStatusService, BankMetrics],
  exports: [StatusService],
})
export class HealthModule {}
