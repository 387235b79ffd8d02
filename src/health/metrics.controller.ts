import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Registry } from 'prom-client';
import { LiveMetrics } from '../gateway/live-metrics.js';
import { RunTally } from '../tasks/run-tally.js';
import { BankMetrics } from './bank-metrics.js';

@ApiTags('status')
// Whoever looks after the service does not go away because a client of the same address is greedy.
@SkipThrottle()
@Controller('metrics')
export class MetricsController {
  private readonly registry = new Registry();

  constructor(
    live: LiveMetrics,
    tally: RunTally,
    private readonly bank: BankMetrics,
  ) {
    const metrics = [...live.all, ...tally.all, ...bank.all];
    for (const metric of metrics) this.registry.registerMetric(metric);
  }

  /** What the service counts of itself, for Prometheus. */
  @Get()
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiOkResponse({
    content: {
      'text/plain': {
        schema: { type: 'string' },
        example: 'kurs_live_connections{transport="websocket"} 12\n',
      },
    },
  })
  async metrics(): Promise<string> {
    await this.bank.refresh();
    return this.registry.metrics();
  }
}
