import type { IncomingMessage, ServerResponse } from 'node:http';
import { BankCircuit } from '../../src/cbr/bank-circuit.js';
import { Settings } from '../../src/config/settings.js';
import { FetchRun, nothingFetched } from '../../src/tasks/fetch-run.js';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { RunTally } from '../../src/tasks/run-tally.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Run {
  message: string;
  saved: number;
  unchanged: number;
  effective_date: string;
}
interface Status {
  newest_effective_date: string | null;
  last_success_at: string | null;
  last_run: { result: string; code: string | null; message: string; saved: number } | null;
}

/** One application for each engine: the tests continue each other, day after day. */
describe.each(databases)('fetching on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('20.04.2026', [USD]), sheetXml('21.04.2026', [USD, EUR])],
    clock: '2026-04-24T09:00:00Z',
    once: true,
  });
  const rows = new Rows(kurs);

  beforeAll(async () => {
    await run();
  });

  beforeEach(() => {
    bank.questions.length = 0;
  });

  const post = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const run = async () => (await (await post()).json()) as Run;
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const answer = (document: string) => (_: IncomingMessage, response: ServerResponse) =>
    void response.end(encode1251(document));
  const fail = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(500).end();

  it('loads only the newest sheet into an empty database', async () => {
    expect((await rows.rates()).map((rate) => rate.effective_date)).toEqual([
      '2026-04-21',
      '2026-04-21',
    ]);
  });

  it('records the missed days, oldest first, then the newest', async () => {
    bank.publish(sheetXml('22.04.2026', [at(USD, '76,0000'), EUR]));
    bank.publish(sheetXml('24.04.2026', [at(USD, '77,0000'), EUR]));
    bank.publish(sheetXml('25.04.2026', [at(USD, '78,0000'), EUR]));
    expect(await run()).toMatchObject({ saved: 3, unchanged: 3, effective_date: '2026-04-25' });
    expect(bank.questions).toEqual([null, '22/04/2026', '23/04/2026', '24/04/2026']);
    const events = (await rows.events())
      .slice(2)
      .map(({ payload }) => JSON.parse(payload) as object);
    expect(events).toMatchObject([
      { effective_date: '2026-04-22', value: 76, previous_value: 75.5273 },
      { effective_date: '2026-04-24', value: 77, previous_value: 76 },
      { effective_date: '2026-04-25', value: 78, previous_value: 77 },
    ]);
  });

  it('requests the last 31 days at most', async () => {
    clock.set('2026-06-09T09:00:00Z');
    bank.publish(sheetXml('10.06.2026', [at(USD, '79,0000'), EUR]));
    // For every day before the newest sheet the bank sends the known sheet.
    expect(await run()).toMatchObject({ saved: 1, effective_date: '2026-06-10' });
    expect(bank.questions).toHaveLength(32);
    expect(bank.questions.slice(0, 2)).toEqual([null, '10/05/2026']);
    expect(bank.questions.at(-1)).toBe('09/06/2026');
  });

  it('stores the newest although the bank does not answer for an earlier day', async () => {
    clock.set('2026-06-13T09:00:00Z');
    bank.publish(sheetXml('11.06.2026', [at(USD, '76,0000'), EUR]));
    bank.publish(sheetXml('14.06.2026', [at(USD, '78,0000'), EUR]));
    const newest = answer(sheetXml('14.06.2026', [at(USD, '78,0000'), EUR]));
    const second = answer(sheetXml('11.06.2026', [at(USD, '76,0000'), EUR]));
    bank.misbehave((request, response) => {
      if (request.url?.includes('12%2F06')) fail(request, response);
      else (request.url?.includes('11%2F06') ? second : newest)(request, response);
    });
    expect(await run()).toMatchObject({ saved: 2, effective_date: '2026-06-14' });
    expect(await status()).toMatchObject({
      newest_effective_date: '2026-06-14',
      last_run: { result: 'success', code: null, saved: 2 },
    });
    bank.misbehave();
    expect(await run()).toMatchObject({ saved: 0, effective_date: '2026-06-14' });
  });

  it('does not conclude that an older sheet was in force on a day', async () => {
    clock.set('2026-06-16T09:00:00Z');
    bank.publish(sheetXml('17.06.2026', [at(USD, '79,0000'), EUR]));
    const newest = answer(sheetXml('17.06.2026', [at(USD, '79,0000'), EUR]));
    const ancient = answer(sheetXml('20.04.2026', [USD]));
    bank.misbehave((request, response) => {
      (request.url?.includes('16%2F06') ? ancient : newest)(request, response);
    });
    // The bank also sends the newest sheet for earlier days: a sheet later than the requested day is rejected.
    const ran = await run();
    expect(ran).toMatchObject({ saved: 1, effective_date: '2026-06-17' });
    expect(ran.message).toContain('2026-06-15 (cbr.implausible_date)');
    bank.misbehave((request, response) => {
      if (request.url?.includes('16%2F06')) ancient(request, response);
      else if (request.url?.includes('date_req')) {
        answer(sheetXml('14.06.2026', [at(USD, '78,0000'), EUR]))(request, response);
      } else newest(request, response);
    });
    expect(await run()).toMatchObject({ saved: 0, effective_date: '2026-06-17' });
    // Today is always answered.
    clock.set('2026-06-17T09:00:00Z');
    const on = (date: string) => getJson(`${kurs.url}/v1/rates/USD?date=${date}`);
    expect(await on('2026-06-15')).toMatchObject({ carried: true, effective_date: '2026-06-14' });
    expect(await on('2026-06-16')).toMatchObject({ code: 'rates.not_loaded' });
    bank.misbehave();
  });

  it('waits for a run that has already sent its request, and starts its own', async () => {
    let release = (): void => undefined;
    bank.misbehave((request, response) => {
      const known = answer(sheetXml('17.06.2026', [at(USD, '79,0000'), EUR]));
      release = () => known(request, response);
    });
    const first = run();
    await eventually('the bank is asked', () => bank.questions.length === 1);
    bank.misbehave();
    bank.publish(sheetXml('18.06.2026', [at(USD, '76,0000'), EUR]));
    const second = kurs.get(FetchRuns).runNow();
    const third = kurs.get(FetchRuns).runNow();
    release();
    expect(await first).toMatchObject({ saved: 0, effective_date: '2026-06-17' });
    expect(await second).toMatchObject({ saved: 1, effective_date: '2026-06-18' });
    // The third found the second waiting, before its request: they share one run.
    expect(await third).toMatchObject({ saved: 1, effective_date: '2026-06-18' });
    expect(bank.questions).toEqual([null, null, '17/06/2026']);
  });

  it('backs off after repeated failures of the bank, until a forced run or the end of the pause', async () => {
    const runs = kurs.get(FetchRuns);
    const circuit = kurs.get(BankCircuit);
    const codeAfterSchedule = async () => {
      await runs.runOnSchedule();
      return (await runs.state()).lastRun?.code;
    };
    bank.misbehave(fail);
    for (let times = 0; times < 3; times++) {
      expect(await codeAfterSchedule()).toBe('cbr.http_status');
    }
    expect([circuit.state, circuit.retryAt]).toEqual(['open', new Date('2026-06-17T09:00:30Z')]);
    expect(await codeAfterSchedule()).toBe('cbr.circuit_open');
    expect(bank.questions).toHaveLength(9);
    expect((await (await post()).json()) as object).toMatchObject({ code: 'cbr.http_status' });
    expect(bank.questions).toHaveLength(12);
    bank.misbehave();
    expect(await run()).toMatchObject({ effective_date: '2026-06-18' });
    expect(circuit.state).toBe('closed');
    expect(await codeAfterSchedule()).toBeNull();
  });

  it('counts the runs by result', async () => {
    const counted = async () => {
      const [metric] = kurs.get(RunTally).all;
      const { values } = (await metric?.get()) ?? { values: [] };
      return new Map(values.map(({ labels, value }) => [String(labels.code), value]));
    };
    const before = await counted();
    bank.misbehave(answer('<html></html>'));
    await post();
    await post();
    bank.misbehave();
    await post();
    const after = await counted();
    const growth = (code: string) => (after.get(code) ?? 0) - (before.get(code) ?? 0);
    expect(['cbr.html', '', 'cbr.http_status'].map(growth)).toEqual([2, 1, 0]);
    expect(after.get('cbr.circuit_open')).toBe(1);
  });

  it('repeats the request if a later run recorded first, also for a command', async () => {
    let release = (): void => undefined;
    bank.misbehave((request, response) => {
      const known = answer(sheetXml('18.06.2026', [at(USD, '76,0000'), EUR]));
      release = () => known(request, response);
    });
    const totals = nothingFetched();
    const { signal } = new AbortController();
    const command = kurs.get(FetchRun).run(totals, { stop: signal, isForced: true });
    await eventually('the bank is asked', () => bank.questions.length === 1);
    bank.misbehave();
    bank.publish(sheetXml('19.06.2026', [at(USD, '77,0000'), EUR]));
    expect(await run()).toMatchObject({ saved: 1, effective_date: '2026-06-19' });
    release();
    expect(await command).toMatchObject({ effective_date: '2026-06-19' });
    expect(totals).toMatchObject({ saved: 0, unchanged: 2, effective_date: '2026-06-19' });
  });

  it('stops while it waits for a retry', async () => {
    kurs.get(Settings).CBR_RETRY_PAUSE_MS = 60_000_000;
    bank.misbehave(fail);
    const stopped = expect(kurs.get(FetchRuns).runNow()).rejects.toMatchObject({
      code: 'cbr.stopped',
    });
    await eventually('the bank is asked', () => bank.questions.length === 1);
    const started = performance.now();
    await kurs.stop();
    expect(performance.now() - started).toBeLessThan(5_000);
    await stopped;
  });
});
