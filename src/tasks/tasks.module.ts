import { Module } from '@nestjs/common';
import { RatesModule } from '../rates/rates.module.js';
import { CatchUpTask } from './catch-up.task.js';
import { FetchRatesTask } from './fetch-rates.task.js';
import { FetchRuns } from './fetch-runs.js';
import { FetchLease } from './fetch-lease.js';
import { PollPace } from './poll-pace.js';
import { HistoryModule } from './history.module.js';
import { RunTally } from './run-tally.js';
import { TasksController } from './tasks.controller.js';

@Module({
  imports: [HistoryModule, RatesModule],
  controllers: [TasksController],
  providers: [FetchRuns, RunTally, FetchLease, PollPace, FetchRatesTask, CatchUpTask],
  exports: [FetchRuns, RunTally],
})
export class TasksModule {}
