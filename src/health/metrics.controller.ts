import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { LiveMetrics } from '../gateway/live-metrics.js';

@ApiTags('status')
@Controller('metrics')
export class MetricsController {
  private readonly registry = new Registry();

  constructor(live: LiveMetrics) {
    for (const metric of live.all) this.registry.registerMetric(metric);
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
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
