import { Logger } from '@nestjs/common';
import { BankCircuit } from '../../src/cbr/bank-circuit.js';
import type { BackfillReport, BackfillStep } from '../../src/tasks/backfill-report.js';
import { loadHistory } from '../support/command-load.js';
import { databases, isRepeated } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { DICTIONARY, everySheet, idOf } from '../support/history.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { encode1251, EUR, seriesXml, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const APRIL = everySheet('2026-04-01', '2026-04-25');

describe.each(databases)('a backfill on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const rows = new Rows(kurs);

  afterEach(() => jest.restoreAllMocks());

  const load = (
    wanted: { from: string; to?: string; codes?: string[] },
    onStep?: (step: BackfillStep) => void,
    stop?: AbortSignal,
  ) => loadHistory(kurs, wanted, onStep, stop);
  const get = (path: string) => getJson<object>(`${kurs.url}/v1/rates/${path}`);

  it.each([
    ['another currency’s', seriesXml('R01235', '1992-07-01', '2026-04-25', APRIL), 'wrong_root'],
    ['no currency’s', seriesXml('', '1992-07-01', '2026-04-25', []), 'missing_id'],
    ['about days before', seriesXml('R01239', '2026-02-25', '2026-03-31', []), 'implausible_date'],
    ['about days after', seriesXml('R01239', '2026-04-02', '2026-04-25', []), 'implausible_date'],
    ['not up to the end', seriesXml('R01239', '2026-02-25', '2026-04-23', []), 'implausible_date'],
    ['about no days', '<ValCurs ID="R01239" name="x"></ValCurs>', 'unreadable_date'],
  ])('rejects a series that is %s', async (_, document, code) => {
    bank.record('R01235', APRIL);
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('R01239')) response.end(encode1251(document));
    });
    const report = await load({ from: '2026-04-01', codes: ['USD', 'EUR'] });
    const reason = expect.stringContaining(`(cbr.${code})`) as string;
    expect(report).toMatchObject({ added: 18, missing: [{ code: 'EUR', reason }] });
    expect(await get('EUR?date=2026-04-15')).toMatchObject({ code: 'rates.not_loaded' });
  });

  const goAway = () =>
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('dynamic')) response.writeHead(503).end();
    });
  /** Resolves when loading next waits. */
  const waiting = () =>
    new Promise<void>((resolve) => {
      jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => {
        if (String(line).includes('waiting until')) resolve();
      });
    });
  const bankIs = (state: string) =>
    eventually(`the circuit is ${state}`, () => kurs.get(BankCircuit).state === state);

  it('stops between two commits when another takes over, and resumes later', async () => {
    for (const { id } of DICTIONARY) bank.record(id, everySheet('2025-01-01', '2026-04-25'));
    let second: Promise<BackfillReport> | undefined;
    const first = load({ from: '2025-01-01' }, () => {
      second ??= load({ from: '2025-01-01' });
    });
    await expect(first).rejects.toMatchObject({ code: 'tasks.taken_over' });
    expect(await second).toMatchObject({ missing: [] });
    const usd = (await rows.rates()).filter(({ code }) => code === 'USD');
    expect(usd).toHaveLength(everySheet('2025-01-01', '2026-04-25').length);
  });

  it('stops on request, and does not request finished currencies again', async () => {
    const stop = new AbortController();
    const finished: string[] = [];
    const stopped = load(
      { from: '2025-01-01' },
      ({ code }) => {
        finished.push(code);
        stop.abort();
      },
      stop.signal,
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cbr.stopped' });
    bank.historyQuestions.length = 0;
    await load({ from: '2025-01-01' });
    expect(bank.historyQuestions).toContain('R01700J');
    expect(finished.length).toBeGreaterThan(0);
    for (const code of finished) expect(bank.historyQuestions).not.toContain(idOf(code));
  });

  if (isRepeated(engine)) return;

  it('retries a failed currency once, reports it if it fails again, and loads the rest', async () => {
    bank.record('R01235', everySheet('2026-04-01', '2026-04-25'));
    bank.record('R01239', everySheet('2026-04-01', '2026-04-25'));
    let failures = 0;
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('R01239')) response.writeHead(500).end();
      if (request.url?.includes('R01060') && failures++ === 0) response.writeHead(503).end();
    });
    const report = await load({ from: '2026-04-01' });
    expect(report.missing).toEqual([
      {
        code: 'EUR',
        cbr_id: 'R01239',
        reason: 'The bank answers with status 500 (cbr.http_status)',
      },
    ]);
    expect(report.added).toBe(18);
    expect(failures).toBe(2);
    expect(await get('EUR?date=2026-04-15')).toMatchObject({ code: 'rates.not_loaded' });
    // The next run requests only the missing one.
    bank.misbehaveOnHistory();
    bank.historyQuestions.length = 0;
    expect(await load({ from: '2026-04-01' })).toMatchObject({ added: 18, missing: [] });
    expect(bank.historyQuestions).toEqual(['dictionary', 'R01239']);
  });

  it('waits during a back-off, and loses no currency to a short outage', async () => {
    for (const { id } of DICTIONARY) bank.record(id, APRIL);
    goAway();
    const waits = waiting();
    const loading = load({ from: '2026-04-01' });
    await Promise.race([waits, loading]);
    bank.misbehaveOnHistory();
    clock.set('2026-04-25T09:00:30Z');
    expect(await loading).toMatchObject({ added: 7 * 18, missing: [] });
  });

  it('does not wait forever: what could not be requested is missing', async () => {
    goAway();
    const loading = load({ from: '2026-04-01' });
    for (const seconds of [30, 60, 120, 240]) {
      await bankIs('open');
      const { retryAt } = kurs.get(BankCircuit);
      expect(retryAt?.getTime()).toBe(clock.now().getTime() + seconds * 1_000);
      clock.set(retryAt?.toISOString() ?? '');
    }
    const { missing } = await loading;
    expect(missing.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['AMD', 'DEM', 'EUR', 'TRY', 'USD']),
    );
    expect(missing.filter(({ reason }) => reason.includes('cbr.circuit_open'))).not.toEqual([]);
  });

  it('stops while it waits', async () => {
    const stop = new AbortController();
    goAway();
    const waits = waiting();
    const loading = load({ from: '2026-04-01' }, undefined, stop.signal);
    await Promise.race([waits, loading]);
    stop.abort();
    await expect(loading).rejects.toMatchObject({ code: 'cbr.stopped' });
  });

  it('rejects impossible ranges and unknown codes', async () => {
    await expect(load({ from: '2026-04-25' })).rejects.toMatchObject({
      code: 'tasks.impossible_backfill',
    });
    await expect(load({ from: '2026-04-01', codes: ['XYZ'] })).rejects.toThrow(/XYZ/);
  });
});
