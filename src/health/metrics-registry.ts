import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { BankRequestMetrics } from '../cbr/bank-request-metrics.js';
import { VERSION } from '../config/version.js';
import { LiveMetrics } from '../gateway/live-metrics.js';
import { HttpMetrics } from '../http/telemetry/index.js';
import { RunTally } from '../tasks/run-tally.js';
import { StoredMetrics } from './stored-metrics.js';

/** Metrics registry of one service; not global, as a process may run several services. */
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
    // Process and Node metrics: memory, CPU, event loop, garbage collection, open files.
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds metrics of rooms above this one. */
  add(metrics: readonly Metric[]): void {
    for (const metric of metrics) this.registry.registerMetric(metric);
  }

  /** Prometheus text format. */
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
