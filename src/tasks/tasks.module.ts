import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { RatesModule } from '../rates/rates.module.js';
import { CatchUpTask } from './catch-up.task.js';
import { FetchRatesTask } from './fetch-rates.task.js';
import { FetchRuns } from './fetch-runs.js';
import { FetchTurn } from './fetch-turn.js';
import { PollPace } from './poll-pace.js';
import { HistoryModule } from './history.module.js';
import { RunTally } from './run-tally.js';
import { TasksController } from './tasks.controller.js';

@Module({
  imports: [ScheduleModule.forRoot(), HistoryModule, RatesModule],
  controllers: [TasksController],
  providers: [FetchRuns, RunTally, FetchTurn, PollPace, FetchRatesTask, CatchUpTask],
  exports: [FetchRuns, RunTally],
})
export class TasksModule {}
