import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { CommonModule } from '../common/common.module.js';
import { ConfigModule } from '../config/config.module.js';
import type { Settings } from '../config/settings.js';
import { DatabaseModule } from '../database/database.module.js';
import { HttpModule } from '../http/http.module.js';

/** Shared modules and the one that a command works with; nothing listens, nothing is scheduled. */
@Module({})
export class CommandModule {
  static register(settings: Settings, feature: Type): DynamicModule {
    return {
      module: CommandModule,
      imports: [
        CommonModule.register(),
        ConfigModule.register(settings),
        DatabaseModule.register(settings, 'command'),
        HttpModule,
        feature,
      ],
    };
  }
}
