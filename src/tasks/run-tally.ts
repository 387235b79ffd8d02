import { Injectable } from '@nestjs/common';
import { Counter, type Metric } from 'prom-client';
import type { FetchReport } from './fetch-report.js';

/** Counts the runs of this instance by how they ended; health/ shows it. */
@Injectable()
export class RunTally {
  private readonly runs = new Counter({
    name: 'kurs_fetch_runs_total',
    help: 'Runs that have ended, by result and, where they failed, the code of the failure',
    labelNames: ['result', 'code'],
    registers: [],
  });

  constructor() {
    this.runs.inc({ result: 'success', code: '' }, 0);
  }

  get all(): Metric[] {
    return [this.runs];
  }

  count({ result, code }: FetchReport): void {
    this.runs.inc({ result, code: code ?? '' });
  }
}
