import { type DynamicModule, Module } from '@nestjs/common';
import { Settings } from './settings.js';

/** Provides the settings, read once at the start. */
@Module({})
export class ConfigModule {
  static register(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
