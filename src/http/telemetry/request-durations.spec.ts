import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { type AnsweredRequest, RequestDurations } from './request-durations.js';

const answered: fc.Arbitrary<AnsweredRequest> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PURGE'),
  route: fc.constantFrom('/v1/rates', '/v1/rates/{code}', 'un"matched\\'),
  status: fc.constantFrom(200, 304, 404, null),
  seconds: fc.oneof(
    fc.constantFrom(0, 0.001, 0.5, 10, 11),
    fc.double({ min: 0, max: 12, noNaN: true }),
  ),
});

async function textOf(metric: Histogram): Promise<string> {
  const registry = new Registry();
  registry.registerMetric(metric);
  return registry.metrics();
}

describe('request durations', () => {
  it('are exported like a prom-client histogram', async () => {
    const requests = fc.array(answered, { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const durations = new RequestDurations();
        const { name, help, labelNames, buckets } = durations as unknown as HistogramFields;
        const theirs = new Histogram({ name, help, labelNames, buckets, registers: [] });
        for (const each of all) {
          durations.add(each);
          const method = each.method === 'PURGE' ? 'other' : each.method;
          const code = each.status === null ? 'cut_off' : String(each.status);
          theirs.observe({ method, route: each.route, code }, each.seconds);
        }
        expect(await textOf(durations)).toBe(await textOf(theirs));
      }),
    );
  });
});

/** Fields of a histogram. */
interface HistogramFields {
  name: string;
  help: string;
  labelNames: string[];
  buckets: number[];
}
