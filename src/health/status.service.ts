import { Injectable } from '@nestjs/common';
import { VERSION } from '../config/version.js';
import { Reader } from '../database/reader.js';
import { RateBooks } from '../rates/book/index.js';
import type { FetchReport } from '../tasks/fetch-report.js';
import { FetchRuns } from '../tasks/fetch-runs.js';
import { BankStatusService } from './bank-status.service.js';
import { BacklogService } from './backlog.service.js';
import type { LastRun, Status } from './status.dto.js';

/** Collects the status of all rooms; it is pulled, never pushed. */
@Injectable()
export class StatusService {
  constructor(
    private readonly reader: Reader,
    private readonly books: RateBooks,
    private readonly bank: BankStatusService,
    private readonly runs: FetchRuns,
    private readonly backlog: BacklogService,
  ) {}

  async status(): Promise<Status> {
    // What a client compares with the rates that it reads, which are those of the book.
    const { logId, dataVersion, seq } = this.books.current.position;
    const { newest, ...bank } = await this.bank.current();
    const { lastRun, lastSuccessAt, nextRunAt } = await this.runs.state();
    return {
      version: VERSION,
      log_id: logId,
      seq,
      data_version: dataVersion,
      newest_effective_date: newest,
      bank,
      last_run: lastRun ? toLastRun(lastRun) : null,
      last_success_at: lastSuccessAt?.toISOString() ?? null,
      next_run_at: nextRunAt?.toISOString() ?? null,
      nats: await this.backlog.status(),
      database: this.reader.engine,
    };
  }
}

function toLastRun(report: FetchReport): LastRun {
  const { effective_date: _, started_at, finished_at, ...ended } = report;
  return {
    started_at: started_at.toISOString(),
    finished_at: finished_at.toISOString(),
    ...ended,
  };
}
