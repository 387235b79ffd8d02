import { getJson, type ProblemBody } from './json.js';
import { at, EUR, IRR, JPY, sheetXml, USD, type Valute } from './sheet-builder.js';
import { withKurs } from './with-kurs.js';

/** A rate of `/v1/rates`. */
export interface RateRecord {
  code: string;
  quote: string;
  nominal: number | null;
  value: string | null;
  rate: string;
  effective_date: string;
  requested_date: string;
  carried: boolean;
  previous_rate: string | null;
  change: string | null;
  change_percent: string | null;
  name_en: string | null;
  num_code: string | null;
  cbr_id: string | null;
  source: string;
}
type Problem = ProblemBody & { last_date?: string | null; command?: string };

/** In the first sheet only. */
const BGN: Valute = {
  id: 'R01100',
  num: '975',
  code: 'BGN',
  nominal: 1,
  name: 'Болгарский лев',
  value: '45,0000',
};
/** Friday noon in Moscow. */
export const FRIDAY = '2026-04-24T09:00:00Z';

/**
 * `withKurs` with the sheets of 22, 23 and 24 April 2026, on the day of the last one, and a client of `/v1`. The
 * dollar costs 75, 76 and 75.5 roubles.
 */
export function withThreeSheets() {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('22.04.2026', [at(USD, '75,0000'), EUR, JPY, IRR, BGN])],
    clock: '2026-04-22T09:00:00Z',
  });
  const run = () => getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
  beforeEach(async () => {
    await run();
    clock.set(FRIDAY);
    bank.publish(sheetXml('23.04.2026', [at(USD, '76,0000'), EUR, JPY, IRR]));
    bank.publish(sheetXml('24.04.2026', [at(USD, '75,5000'), EUR, JPY, IRR]));
    await run();
  });
  const call = (path: string, init?: RequestInit) => fetch(`${kurs.url}/v1${path}`, init);
  return {
    ...{ bank, kurs, clock, run, call },
    record: (path: string) => getJson<RateRecord>(`${kurs.url}/v1${path}`),
    list: (path: string) => getJson<RateRecord[]>(`${kurs.url}/v1${path}`),
    problem: async (path: string, init?: RequestInit): Promise<Problem> => {
      const response = await call(path, init);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('etag')).toBeNull();
      return (await response.json()) as Problem;
    },
    /** Pages, followed by the `Link` header. */
    pagesOf: async (path: string): Promise<RateRecord[][]> => {
      const pages: RateRecord[][] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const response: Response = await call(next);
        pages.push((await response.json()) as RateRecord[]);
        const query = /^<(\?.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
        next = query && `${path.split('?')[0] ?? ''}${query}`;
      }
      return pages;
    },
  };
}
