import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CbrModule } from '../cbr/cbr.module.js';
import { EventsModule } from '../events/events.module.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { NatsModule } from '../nats/nats.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { BacklogService } from './backlog.service.js';
import { BankMetrics } from './bank-metrics.js';
import { BankStatusService } from './bank-status.service.js';
import { BookMetrics } from './book-metrics.js';
import { DatabaseIndicator } from './database.indicator.js';
import { DatabaseWatch } from './database-watch.js';
import { FleetMetrics } from './fleet-metrics.js';
import { HealthReportService } from './health-report.service.js';
import { InstanceIndicator } from './instance.indicator.js';
import { LeaseStatusService } from './lease-status.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics-registry.js';
import { ProbesController } from './probes.controller.js';
import { ReadsWithoutDatabase } from './reads-without-database.js';
import { StatusController } from './status.controller.js';
import { StatusService } from './status.service.js';
import { StoredMetrics } from './stored-metrics.js';
import { SurroundingsIndicator } from './surroundings.indicator.js';

@Module({
  imports: [
    ...[EventsModule, CbrModule, RatesModule, TasksModule, NatsModule, GatewayModule],
    // Terminus would log every failed probe; the answer to the probe is enough.
    TerminusModule.forRoot({ logger: false }),
  ],
  controllers: [StatusController, ProbesController, MetricsController],
  providers: [
    ...[StatusService, BacklogService, BankStatusService, LeaseStatusService],
    ...[InstanceIndicator, DatabaseIndicator, SurroundingsIndicator, HealthReportService],
    ReadsWithoutDatabase,
    DatabaseWatch,
    ...[BankMetrics, BookMetrics, FleetMetrics, StoredMetrics, MetricsRegistry],
  ],
  exports: [StatusService, MetricsRegistry],
})
export class HealthModule {}
