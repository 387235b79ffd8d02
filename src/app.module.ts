import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { Clock } from './common/clock.js';
import { CommonModule } from './common/common.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Settings } from './config/settings.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { EmbedModule } from './dashboard/embed/embed.module.js';
import { DatabaseModule } from './database/database.module.js';
import { socketMessages } from './gateway/async-api.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HealthModule } from './health/health.module.js';
import { ResponseCacheModule } from './http/cache/index.js';
import type { AsyncApiParts } from './http/documents/index.js';
import { HttpModule } from './http/http.module.js';
import { MirrorsModule } from './mirrors/mirrors.module.js';
import { brokerMessages } from './nats/async-api.js';
import { NatsModule } from './nats/nats.module.js';
import { LiveRatesModule } from './rates/live-rates.module.js';
import { methodMessages } from './rpc/async-api.js';
import { RpcModule } from './rpc/rpc.module.js';
import { TasksModule } from './tasks/tasks.module.js';

/** What the rooms send and receive besides answers over HTTP. */
export const asyncApiParts: AsyncApiParts = (openApi, settings) => [
  socketMessages(),
  brokerMessages(settings),
  methodMessages(openApi, settings),
];

/** Root module. */
@Module({})
export class AppModule {
  static register(settings: Settings, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // Only here: commands use some of the same rooms, and schedule nothing.
        ScheduleModule.forRoot(),
        CommonModule.register(clock),
        ConfigModule.register(settings),
        DatabaseModule.register(settings, 'service'),
        HttpModule,
        LiveRatesModule,
        TasksModule,
        NatsModule,
        GatewayModule,
        HealthModule,
        RpcModule,
        MirrorsModule.register(settings),
        ResponseCacheModule,
        DashboardModule,
        EmbedModule,
      ],
    };
  }
}
