import { type DynamicModule, Module } from '@nestjs/common';
import { CommonModule } from './common/common.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Settings } from './config/settings.js';
import { DatabaseModule } from './database/database.module.js';
import { EventLogEntity } from './events/event-log.entity.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HealthModule } from './health/health.module.js';
import { NatsModule } from './nats/nats.module.js';
import { DocumentEntity } from './rates/document.entity.js';
import { RateRevisionEntity } from './rates/rate-revision.entity.js';
import { RateEntity } from './rates/rate.entity.js';
import { RatesModule } from './rates/rates.module.js';
import { TasksModule } from './tasks/tasks.module.js';

/** The whole house. */
@Module({})
export class AppModule {
  static register(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule,
        ConfigModule.register(settings),
        DatabaseModule.register([EventLogEntity, RateEntity, RateRevisionEntity, DocumentEntity]),
        RatesModule,
        TasksModule,
        NatsModule,
        GatewayModule,
        HealthModule,
      ],
    };
  }
}
