import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { BankRequestMetrics } from '../cbr/bank-request-metrics.js';
import { VERSION } from '../config/version.js';
import { LiveMetrics } from '../gateway/live-metrics.js';
import { HttpMetrics } from '../http/http-metrics.js';
import { RunTally } from '../tasks/run-tally.js';
import { StoredMetrics } from './stored-metrics.js';

/** All metrics of one service: there may be several in a process, so none is registered globally. */
@Injectable()
export class MetricsRegistry {
  private readonly registry = new Registry();

  constructor(
    live: LiveMetrics,
    runs: RunTally,
    questions: BankRequestMetrics,
    private readonly http: HttpMetrics,
    private readonly stored: StoredMetrics,
  ) {
    const tallies = [live, runs, questions, http, stored].flatMap(({ all }) => all);
    this.add([buildInfo(), ...tallies]);
    // The process and Node: memory, processor, event loop, garbage, open files.
    collectDefaultMetrics({ register: this.registry });
  }

  /** For the rooms above this one. */
  add(metrics: readonly Metric[]): void {
    for (const metric of metrics) this.registry.registerMetric(metric);
  }

  /** In Prometheus's text format. */
  async text(): Promise<string> {
    this.http.refresh();
    await this.stored.refresh();
    return this.registry.metrics();
  }
}

function buildInfo(): Metric {
  const info = new Gauge({
    name: 'kurs_build_info',
    help: 'Always 1; which version runs',
    labelNames: ['version'],
    registers: [],
  });
  info.set({ version: VERSION }, 1);
  return info;
}
