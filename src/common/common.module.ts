import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

@Module({})
export class CommonModule {
  /** @param clock a fixed clock in tests */
  static register(clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: CommonModule,
      global: true,
      providers: [{ provide: Clock, useValue: clock }],
      exports: [Clock],
    };
  }
}
