import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { NatsModule } from '../nats/nats.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { BacklogService } from './backlog.service.js';
import { ProbesController } from './probes.controller.js';
import { StatusController } from './status.controller.js';
import { StatusService } from './status.service.js';

@Module({
  imports: [EventsModule, RatesModule, TasksModule, NatsModule],
  controllers: [StatusController, ProbesController],
  providers: [StatusService, BacklogService],
  exports: [StatusService],
})
export class HealthModule {}
