import { Injectable } from '@nestjs/common';
import { Counter, type Metric } from 'prom-client';
import type { FetchReport } from './fetch-report.js';

/** Counter of this instance's runs by result; exposed by health/. */
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
