import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

@Module({})
export class CommonModule {
  /** Tests bring a clock that stands. */
  static register(clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: CommonModule,
      global: true,
      providers: [{ provide: Clock, useValue: clock }],
      exports: [Clock],
    };
  }
}
