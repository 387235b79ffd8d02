import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { CbrModule } from '../cbr/cbr.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { FetchRatesTask } from './fetch-rates.task.js';
import { FetchRun } from './fetch-run.js';
import { TasksController } from './tasks.controller.js';

@Module({
  imports: [ScheduleModule.forRoot(), CbrModule, RatesModule],
  controllers: [TasksController],
  providers: [FetchRun, FetchRatesTask],
  exports: [FetchRatesTask],
})
export class TasksModule {}
