import type { ServerResponse } from 'node:http';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { getJson } from './json.js';
import { at, encode1251, EUR, sheetXml, USD } from './sheet-builder.js';
import { withKurs } from './with-kurs.js';

interface MissingDay {
  date: string;
  code: string;
  message: string;
  tries: number;
  next_try_at: string;
}
export interface Status {
  newest_effective_date: string | null;
  bank: { missing_days: MissingDay[] };
  last_run: { result: string; code: string | null; message: string; saved: number };
}
export interface Run {
  message: string;
  saved: number;
  effective_date: string;
  code?: string;
}

/** Answers with a document of the bank. */
export const send = (body: string) => (response: ServerResponse) =>
  void response.end(encode1251(body));

/** Sheet of a day (yyyy-mm-dd). */
export function day(date: string, usd: string): string {
  return sheetXml(date.split('-').reverse().join('.'), [at(USD, usd), EUR]);
}

/** `withKurs` on a Wednesday. Later days' sheets are published by the test; some answers of the bank are unusable. */
export function withMissingDays(engine: string) {
  const fixture = withKurs({
    engine,
    sheets: [day('2026-11-25', '75,0000')],
    clock: '2026-11-25T09:00:00Z',
    starts: false,
  });
  const { bank, kurs, clock } = fixture;

  const start = (settings?: Record<string, string>) => fixture.start(settings);
  const publish = (date: string, usd: string) => bank.publish(day(date, usd));
  /** Answers requests for these days like this (`null`: the newest), and all others as usual. */
  const spoil = (days: (string | null)[], answer: (response: ServerResponse) => void) =>
    bank.misbehave((request, response) => {
      const asked = new URL(request.url ?? '/', 'http://bank').searchParams.get('date_req');
      if (days.includes(asked?.split('/').reverse().join('-') ?? null)) answer(response);
      else bank.answerAsUsual(request, response);
    });
  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const missing = async () => (await status()).bank.missing_days;
  const usd = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1/${path}`);
    const body = (await response.json()) as object;
    return { ...body, named: response.headers.get('kurs-missing-sheet') };
  };
  const onSchedule = async (time: string) => {
    clock.set(time);
    bank.questions.length = 0;
    await kurs.get(FetchRuns).runOnSchedule();
    return [...bank.questions];
  };
  const untilSaturday = async () => {
    await start();
    clock.set('2026-11-28T09:00:00Z');
    publish('2026-11-26', '76,0000');
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
  };
  return {
    ...{ bank, kurs, clock, start, publish, spoil },
    ...{ run, status, missing, usd, onSchedule, untilSaturday },
  };
}
