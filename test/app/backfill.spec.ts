import { Logger } from '@nestjs/common';
import { BankCircuit } from '../../src/cbr/bank-circuit.js';
import { Backfill } from '../../src/tasks/backfill.js';
import type { BackfillReport, BackfillStep } from '../../src/tasks/backfill-report.js';
import type { BackfillRequest } from '../../src/tasks/backfill-plan.js';
import { FetchRun, nothingFetched } from '../../src/tasks/fetch-run.js';
import { databases, isRepeated } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { DICTIONARY, everySheet, idOf } from '../support/history.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import {
  at,
  dictionaryXml,
  encode1251,
  EUR,
  seriesXml,
  sheetXml,
  USD,
} from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Answer {
  status?: number;
  code: string;
  quote: string;
  nominal: number;
  value: string;
  rate: string;
  effective_date: string;
  carried: boolean;
  last_date?: string | null;
  name_en: string | null;
}

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

  const load = async (
    { from, to, codes }: { from: string; to?: string; codes?: string[] },
    onStep: (step: BackfillStep) => void = () => undefined,
    stop = new AbortController().signal,
  ): Promise<BackfillReport> => {
    const totals = nothingFetched();
    const newest = await kurs.get(FetchRun).run(totals, { stop, isForced: true });
    const request = { from, to, codes } as BackfillRequest;
    return kurs.get(Backfill).run(request, newest, onStep, stop);
  };
  const get = (path: string) => getJson<Answer>(`${kurs.url}/v1/rates/${path}`);

  it('keeps every digit, nominal and date, and emits no events', async () => {
    bank.record('R01235', [
      { date: '1997-12-30', value: '5\u00a0960,0000' },
      { date: '1998-01-01', value: '5,9600' },
      { date: '1998-01-06', value: '59,9900', nominal: 10 },
    ]);
    const before = await rows.events();
    const report = await load({ from: '1992-07-01', codes: ['USD'] });
    expect(report).toMatchObject({ added: 3, corrected: 0, unchanged: 0, missing: [] });
    expect(await rows.events()).toEqual(before);
    expect(await get('USD?date=1997-12-30')).toMatchObject({
      ...{ quote: 'RUR', value: '5960.0000', rate: '5960' },
    });
    expect(await get('USD?date=1998-01-01')).toMatchObject({
      ...{ quote: 'RUB', value: '5.9600', previous_rate: '5.96', change: '0' },
      change_percent: '0.0000',
    });
    expect(await get('USD?date=1998-01-06')).toMatchObject({ nominal: 10, rate: '5.999' });
    expect(await get('USD?date=1997-12-30&restate=true')).toMatchObject({
      ...{ quote: 'RUB', value: '5960.0000', rate: '5.96' },
    });
    expect(await get('USD?date=1997-12-30&quote=RUR')).toMatchObject({ quote: 'RUR' });
    expect(await get('USD?date=1998-01-01&quote=RUR')).toMatchObject({ status: 422 });
    expect(await get('RUB?date=1997-12-30&quote=USD')).toMatchObject({
      ...{ code: 'RUR', rate: '0.0001677852348993288590604026846' },
    });
    const old = 'from=1997-12-30&to=1997-12-31';
    expect(await get(`USD/history?${old}&quote=RUR`)).toMatchObject([{ quote: 'RUR' }]);
    expect(await get(`USD/history?${old}&quote=RUR&restate=true`)).toMatchObject({ status: 422 });
    expect(await get('USD/history?from=1997-12-30&to=1998-01-01&quote=RUR')).toMatchObject({
      detail: expect.stringContaining('1998-01-01 is after it ended') as string,
    });
    expect(await get('USD?date=1992-07-01')).toMatchObject({ code: 'rates.not_set' });
    expect(await get('USD?date=1997-12-29')).toMatchObject({ code: 'rates.not_set' });
    const [document] = (await rows.documents()).filter(({ kind }) => kind === 'dynamic');
    expect(document).toMatchObject({ cbr_id: 'R01235', date: '1992-07-01', to_date: '2026-04-24' });
    const sheet = await getJson(`${kurs.url}/v1/sheets/1998-01-01`);
    expect(sheet).toMatchObject({ currencies: 1, documents: [{ kind: 'dynamic' }] });
  });

  it('records when ranges were loaded: as_of excludes later loads, and carries nothing over', async () => {
    bank.record('R01235', everySheet('2010-01-01', '2010-12-31'));
    await load({ from: '2010-01-01', to: '2010-01-31', codes: ['USD'] });
    clock.set('2026-04-25T11:00:00Z');
    await load({ from: '2010-02-01', to: '2010-02-28', codes: ['USD'] });
    expect(await get('USD?date=2010-02-02')).toMatchObject({ carried: false });
    const before = 'as_of=2026-04-25T10:00:00Z';
    expect(await get(`USD?date=2010-02-02&${before}`)).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get(`USD?date=2010-01-31&${before}`)).toMatchObject({ carried: true });
  });

  it('assigns each record to its own ID, and finds IDs missing from the dictionary', async () => {
    bank.record('R01700', [
      { date: '2002-05-07', value: '22,0000', nominal: 1_000_000 },
      { date: '2005-01-11', value: '20,0000', id: 'R01700J' },
    ]);
    bank.record('R01700J', [{ date: '2005-01-11', value: '20,0000' }]);
    bank.record('R01435', [{ date: '1993-01-12', value: '1,5000', id: 'R01436' }]);
    bank.record('R01020', [{ date: '1994-01-11', value: '2,5000', id: 'R99999' }]);
    const report = await load({ from: '1992-07-01' });
    expect(report).toMatchObject({ added: 4, unchanged: 1, missing: [] });
    expect(await get('TRL?date=2002-05-07')).toMatchObject({
      ...{ value: '22.0000', name: 'Турецкая лира', name_en: 'Turkish Lira', num_code: '792' },
    });
    expect(await get('TRY?date=2005-01-11')).toMatchObject({ cbr_id: 'R01700J' });
    expect(await get('R01436?date=1993-01-12')).toMatchObject({ name_en: 'Lithuanian talon' });
    const scope = await getJson<Answer[]>(`${kurs.url}/v1/currencies?scope=all`);
    expect(scope.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['AZM', 'DEM', 'R01436', 'R99999', 'TRL', 'TRY']),
    );
  });

  it('corrects values that the bank has changed, with events; a repetition changes nothing', async () => {
    bank.record('R01235', everySheet('2026-04-01', '2026-04-25'));
    await load({ from: '2026-04-01', codes: ['USD'] });
    const points = everySheet('2026-04-01', '2026-04-25');
    bank.record('R01235', [
      { ...points[3], value: '99,0000' } as never,
      ...points.filter((_, i) => i !== 3),
    ]);
    const before = await rows.events();
    const report = await load({ from: '2026-04-01', codes: ['USD'] });
    expect(report).toMatchObject({ added: 0, corrected: 1 });
    const [event] = (await rows.events()).slice(before.length);
    expect(JSON.parse(event?.payload ?? '')).toMatchObject({
      ...{ event: 'rate_updated', code: 'USD', value: 99, previous_value: 30.03 },
      effective_date: points[3]?.date,
    });
    expect(await rows.revisions()).toMatchObject([{ value: '30.0300', reason: 'correction' }]);
    const rates = await rows.rates();
    const dataVersion = async () =>
      (await getJson<{ data_version: number }>(`${kurs.url}/v1/status`)).data_version;
    const version = await dataVersion();
    expect(await load({ from: '2026-04-01', codes: ['USD'] })).toMatchObject({
      ...{ added: 0, corrected: 0, unchanged: 18 },
    });
    expect(await rows.rates()).toEqual(rates);
    // Caches of readers stay valid.
    expect(await dataVersion()).toBe(version);
  });

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

  it('tolerates an incomplete item of the dictionary', async () => {
    const spoiled = dictionaryXml(DICTIONARY)
      .replace(/<EngName>[^<]*<\/EngName>/, '')
      .replace(/ ID="R01239"/, '');
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('XML_valFull')) response.end(encode1251(spoiled));
    });
    bank.record('R01235', [{ date: '2026-04-01', value: '80,0000' }]);
    expect(await load({ from: '2026-04-01' })).toMatchObject({ added: 1, missing: [] });
    expect(await get('USD?date=2026-04-01')).toMatchObject({ value: '80.0000' });
  });

  it('answers 404 in a gap, and carries over Sundays and holidays', async () => {
    bank.record('R01235', everySheet('2010-01-01', '2012-12-31'));
    await load({ from: '2010-03-07', to: '2010-12-31', codes: ['USD'] });
    await load({ from: '2012-01-01', to: '2012-06-30', codes: ['USD'] });
    // Sunday, the first requested day: Saturday's fixing is in force.
    expect(await get('USD?date=2010-03-07')).toMatchObject({
      ...{ effective_date: '2010-03-06', carried: true },
    });
    expect(await get('USD?date=2010-03-05')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2010-12-31')).toMatchObject({ carried: false });
    expect(await get('USD?date=2011-01-01')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2011-06-15')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD?date=2012-07-01')).toMatchObject({ code: 'rates.not_loaded' });
    expect(await get('USD/history?from=2010-06-01&to=2012-06-01')).toMatchObject({
      ...{ status: 404, code: 'rates.not_loaded' },
      command: 'npm run kurs -- backfill --from 2011-01-01',
    });
    // What the bank set before the last day of the gap is unknown.
    const unknown = { previous_rate: null, change: null, change_percent: null };
    const newYear = await get('USD?date=2012-01-01');
    expect(newYear).toMatchObject({ effective_date: '2011-12-31', ...unknown });
    const january = `${kurs.url}/v1/rates/USD/history?from=2012-01-01&to=2012-01-31`;
    const [first] = await getJson<Answer[]>(january);
    expect(first).toMatchObject({ previous_rate: newYear.rate });
    const [day] = await getJson<Answer[]>(`${january}&fill=calendar`);
    expect(day).toMatchObject({ requested_date: '2012-01-01', ...unknown });
    await load({ from: '2011-01-01', to: '2011-12-31', codes: ['USD'] });
    const { rate: previous_rate } = await get('USD?date=2011-12-30');
    expect(await get('USD?date=2012-01-01')).toMatchObject({ previous_rate });
    const days = await getJson<Answer[]>(
      `${kurs.url}/v1/rates/USD/history?from=2010-03-07&to=2010-12-31&fill=calendar`,
    );
    expect(days).toHaveLength(300);
    expect(days.filter(({ carried }) => carried)).toHaveLength(86);
  });

  it('reports when a currency is no longer set, and carries monthly fixings over their month', async () => {
    bank.record('R01235', everySheet('2005-01-01', '2006-12-31'));
    bank.record('R01060', [
      { date: '2005-05-01', value: '6,1000', nominal: 100 },
      { date: '2005-06-01', value: '6,2000', nominal: 100 },
      { date: '2005-07-01', value: '6,3000', nominal: 100 },
    ]);
    bank.record('R01510', everySheet('2005-01-01', '2005-12-31'));
    bank.record('R01510A', []);
    await load({ from: '2005-01-01', to: '2006-12-31' });
    expect(await get('AMD?date=2005-06-17')).toMatchObject({ value: '6.2000', carried: true });
    expect(await get('AMD?date=2005-07-31')).toMatchObject({ value: '6.3000', carried: true });
    expect(await get('AMD?date=2005-08-02')).toMatchObject({
      ...{ status: 404, code: 'rates.not_set', last_date: '2005-07-01' },
    });
    expect(await get('AMD?date=2005-04-20')).toMatchObject({ last_date: null });
    expect(await get('DEM?date=2006-01-03')).toMatchObject({
      ...{ code: 'rates.not_set', last_date: '2005-12-31' },
    });
    const all = await getJson<Answer[]>(`${kurs.url}/v1/rates?date=2005-06-18`);
    expect(all.map(({ code }) => code)).toEqual(['AMD', 'DEM', 'USD']);
    expect(await getJson(`${kurs.url}/v1/currencies/DEM`)).toMatchObject({
      ...{ cbr_ids: ['R01510', 'R01510A'], num_code: '276', set_today: false },
      ...{ first_date: '2005-01-01', last_date: '2005-12-31', name_en: 'Deutsche Mark' },
    });
  });

  it('never writes the day of the newest sheet, and reports contradictions of the bank', async () => {
    bank.record('R01235', [
      { date: '2026-04-24', value: '75,0000' },
      { date: '2026-04-25', value: '1,0000' },
    ]);
    bank.record('R01239', [{ date: '2026-04-24', value: '88,0000' }]);
    const report = await load({ from: '2026-04-20' });
    expect(report.differences).toEqual([
      'EUR on 2026-04-25: XML_daily says 88.1020 for 1, XML_dynamic says nothing',
      'USD on 2026-04-25: XML_daily says 75.5273 for 1, XML_dynamic says 1.0000 for 1',
    ]);
    expect(await get('USD?date=2026-04-25')).toMatchObject({
      ...{ value: '75.5273', previous_rate: '75' },
    });
    // Tomorrow's fixing is compared with the loaded one.
    bank.publish(sheetXml('28.04.2026', [at(USD, '76,0000'), EUR]));
    expect(await getJson(`${kurs.url}/tasks/run`, { method: 'POST' })).toMatchObject({ saved: 1 });
  });

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

  it('knows that a currency of old sheets alone is not set, if the bank has no series of it', async () => {
    bank.record('R01235', APRIL);
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('R01090A')) {
        response.end(encode1251('<ValCurs>Error in parameters</ValCurs>'));
      }
    });
    expect(await load({ from: '2026-04-01' })).toMatchObject({ missing: [] });
    expect(await get('BYB?date=2026-04-15')).toMatchObject({ code: 'rates.not_set' });
    const { headers } = await fetch(`${kurs.url}/v1/rates?date=2026-04-15`);
    expect(headers.get('kurs-not-loaded')).toBeNull();
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
