import { Injectable } from '@nestjs/common';
import { VERSION } from '../config/version.js';
import { Reader } from '../database/reader.js';
import { EventLog } from '../events/event-log.js';
import { RatesQueries } from '../rates/rates.queries.js';
import { FetchRatesTask } from '../tasks/fetch-rates.task.js';
import { BacklogService } from './backlog.service.js';
import type { LastRun, Status } from './status.dto.js';

/** Gathers what the rooms know of themselves; nothing is pushed here. */
@Injectable()
export class StatusService {
  constructor(
    private readonly reader: Reader,
    private readonly log: EventLog,
    private readonly queries: RatesQueries,
    private readonly task: FetchRatesTask,
    private readonly backlog: BacklogService,
  ) {}

  async status(): Promise<Status> {
    const { log_id, data_version, relayed_seq } = await this.reader.store();
    const seq = await this.log.newestSeq();
    return {
      version: VERSION,
      log_id,
      seq,
      data_version,
      newest_effective_date: await this.queries.newestEffectiveDate(),
      last_run: this.lastRun(),
      last_success_at: this.task.lastSuccessAt?.toISOString() ?? null,
      next_run_at: this.task.nextScheduledAt?.toISOString() ?? null,
      nats: await this.backlog.backlog(seq, relayed_seq),
      database: this.reader.engine,
    };
  }

  private lastRun(): LastRun | null {
    const report = this.task.lastRun;
    if (!report) return null;
    const { effective_date: _, started_at, finished_at, ...ended } = report;
    return {
      started_at: started_at.toISOString(),
      finished_at: finished_at.toISOString(),
      ...ended,
    };
  }
}
