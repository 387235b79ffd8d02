import { Registry } from 'prom-client';
import { HttpMetrics } from './http-metrics.js';
import { InFlight } from './in-flight.js';

describe('request durations', () => {
  it('have a label of their own for methods that clients make up, and for answers that were cut off', async () => {
    const metrics = new HttpMetrics(new InFlight());
    const request = { route: '/v1/rates', seconds: 0.02 };
    metrics.answered({ ...request, method: 'GET', status: 200 });
    metrics.answered({ ...request, method: 'PURGE', status: 404 });
    metrics.answered({ ...request, method: 'GET', status: null });
    const registry = new Registry();
    for (const metric of metrics.all) registry.registerMetric(metric);
    const counts = (await registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('kurs_http_request_duration_seconds_count'));
    expect(counts).toEqual([
      'kurs_http_request_duration_seconds_count{method="GET",route="/v1/rates",code="200"} 1',
      'kurs_http_request_duration_seconds_count{method="other",route="/v1/rates",code="404"} 1',
      'kurs_http_request_duration_seconds_count{method="GET",route="/v1/rates",code="cut_off"} 1',
    ]);
  });
});
