import { toCalendarDate } from '../../src/common/calendar-date.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { getJson } from './json.js';
import { Rows } from './rows.js';
import { at, EUR, sheetXml, USD, type Valute } from './sheet-builder.js';
import { withKurs } from './with-kurs.js';

interface Held {
  id: number;
  code: string;
  value: string;
  effective_date: string;
  previous_value: string;
  previous_date: string;
  change_percent: string;
  state: string;
  held_at: string;
  decided_by: string | null;
}
interface Verdict {
  decided: Held[];
  released: Held[];
  saved: number;
}
interface Run {
  saved: number;
  unchanged: number;
  quarantined: number;
}

export const TRY: Valute = {
  ...{ id: 'R01700J', num: '949', code: 'TRY', name: 'Турецких лир' },
  ...{ nominal: 10, value: '93,0000' },
};

/** `withKurs` on 16 December 2014, when the dollar was at 58.3461 roubles; a value may move by 20 per cent. */
export function withJumpLimit(engine: string) {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('16.12.2014', [at(USD, '58,3461'), at(EUR, '72,6600'), TRY])],
    clock: '2014-12-16T13:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '20' },
  });
  const rows = new Rows(kurs);

  beforeEach(async () => {
    await run();
  });

  const publish = (date: string, ...valutes: Valute[]) => bank.publish(sheetXml(date, valutes));
  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const listed = (query = '') => getJson<Held[]>(`${kurs.url}/v1/quarantine${query}`);
  const decide = (id: number, word: string) =>
    fetch(`${kurs.url}/v1/quarantine/${id}/${word}`, { method: 'POST' });
  const verdict = async (id: number, word: string) =>
    (await (await decide(id, word)).json()) as Verdict;
  const rate = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1/rates/${path}`);
    const body = (await response.json()) as { value: string; carried: boolean };
    return { ...body, held: response.headers.get('kurs-quarantined') };
  };
  /** Loads one fixing as a backfill does. */
  const history = (value: string, date: string, cbr_id = 'R01235') => {
    const covered = { from: toCalendarDate(date), to: toCalendarDate(date) };
    const records = [{ cbr_id, nominal: 1, value, effective_date: covered.from }];
    const bytes = Buffer.from(`${cbr_id} ${value}`);
    const document = { kind: 'dynamic' as const, bytes, fetched_at: clock.now() };
    const service = kurs.get(HistoryRecorder);
    return service.record({ cbr_id, covered, records, document }, () => Promise.resolve());
  };
  const lastEvents = async (count: number) =>
    (await rows.events()).slice(-count).map(({ payload }) => JSON.parse(payload) as object);
  const eventCount = async () => (await rows.events()).length;
  const day = async (date: string, ...valutes: Valute[]) => {
    clock.set(`${date}T09:00:00Z`);
    publish(date.split('-').reverse().join('.'), ...valutes);
    return run();
  };

  return {
    ...{ kurs, clock, rows, run, day, listed, decide, verdict },
    ...{ rate, history, lastEvents, eventCount },
  };
}
