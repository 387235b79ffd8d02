import { doctorChecks } from '../../src/cli/doctor-checks.js';
import type { Finding } from '../../src/cli/finding.js';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { settingsFrom } from '../../src/config/environment.js';
import { CurrentRates } from '../../src/rates/reading/current-rates.js';
import { RatesExportService } from '../../src/rates/reading/rates-export.service.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import { PastSheetRecorder } from '../../src/rates/recording/past-sheet-recorder.js';
import { ALL, GONE, sheetOf, STAYED } from '../support/euro-sheets.js';
import { getJson, withBody } from '../support/json.js';
import { QuarantineClient } from '../support/quarantine-client.js';
import { withKurs } from '../support/with-kurs.js';

/** Wednesday, 18 November 2026, is loaded with 28 currencies; sheets with 17 of them follow. */
describe('a shrunk sheet of recent years', () => {
  const fixture = withKurs({
    sheets: [sheetOf('2026-11-17', ALL)],
    clock: '2026-11-17T09:00:00Z',
    settings: { CBR_MAX_SHRINK_PERCENT: '20', JUMP_LIMIT_PERCENT: '80' },
  });
  const { bank, kurs, clock } = fixture;

  beforeEach(() => day('2026-11-18', sheetOf('2026-11-18', ALL)));

  const client = new QuarantineClient(() => kurs.url);
  const day = async (date: string, document?: string) => {
    clock.set(`${date}T09:00:00Z`);
    if (document !== undefined) bank.publish(document);
    return client.run();
  };
  const EVERYTHING = { codes: ALL, carried: ALL, held: ALL };
  const CARRIED = { value: '10.0000', effective_date: '2026-11-18', carried: true };

  it('leaves every currency in force on every route', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    expect(await client.listing()).toEqual(EVERYTHING);
    expect(await client.listing('?date=2026-11-20')).toEqual(EVERYTHING);
    expect(await client.listing('?date=2026-11-20&as_of=2026-11-20T09:00:00Z')).toEqual(EVERYTHING);
    expect(await client.listing('?date=2026-11-19')).toMatchObject({ codes: ALL, held: [] });
    expect(await client.rate('DEM')).toMatchObject({ ...CARRIED, held: 'DEM' });
    expect(await client.rate('DEM?quote=USD')).toMatchObject({ held: 'DEM,USD' });
    const convert = await fetch(`${kurs.url}/v1/convert?amount=1&from=DEM&to=USD`);
    expect(convert.headers.get('kurs-quarantined')).toBe('DEM,USD');
    const days = `DEM/history?from=2026-11-18&to=2026-11-20&fill=calendar`;
    const history = await fetch(`${kurs.url}/v1/rates/${days}`);
    expect(history.headers.get('kurs-quarantined')).toBe('DEM');
    expect(await history.json()).toMatchObject([
      { requested_date: '2026-11-18', carried: false },
      { requested_date: '2026-11-19', carried: true },
      { requested_date: '2026-11-20', carried: true },
    ]);
    expect(kurs.get(CurrentRates).current().rows).toHaveLength(28);
    const wanted = { from: undefined, to: undefined, codes: ['DEM'], source: 'cbr' as const };
    expect(kurs.get(RatesExportService).open(wanted).missing).toEqual([
      'Held in quarantine (/v1/quarantine): DEM',
    ]);
    expect((await client.verdict('accept')).saved).toBe(1);
    expect(await client.listing()).toEqual({ codes: STAYED, carried: [], held: [] });
    expect(kurs.get(CurrentRates).current().rows).toHaveLength(17);
  });

  it('restores no rate that was not set before it', async () => {
    const withoutXdr = ALL.filter((code) => code !== 'XDR');
    await day('2026-11-19', sheetOf('2026-11-19', withoutXdr));
    await day('2026-11-20', sheetOf('2026-11-20', STAYED));
    expect(await client.rate('XDR')).toMatchObject({ code: 'rates.not_set' });
    expect((await client.listing()).held).toEqual(withoutXdr);
    await client.verdict('accept');
    expect(await client.rate('XDR')).toMatchObject({ effective_date: '2026-11-20' });
  });

  it('is detected when it has as many currencies as before, but others', async () => {
    const others = sheetOf('2026-11-20', ALL, { USD: '11,0000' }).replaceAll('ID="R01', 'ID="R02');
    expect(await day('2026-11-20', others)).toMatchObject({ saved: 0, quarantined: 1 });
    expect(await client.items()).toMatchObject([{ currencies: 28, missing_codes: ALL }]);
    expect(await client.listing()).toEqual(EVERYTHING);
    expect(await client.verdict('accept')).toMatchObject({ decided: [{ state: 'accepted' }] });
    expect(await client.listing()).toEqual({ codes: ALL, carried: [], held: [] });
  });

  it('of a missed day blocks no other day; it is held, not missing', async () => {
    bank.publish(sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    bank.publish(sheetOf('2026-11-24', ALL));
    const ran = await day('2026-11-25', sheetOf('2026-11-25', ALL, { USD: '12,0000' }));
    expect(ran).toMatchObject({ effective_date: '2026-11-25', quarantined: 1 });
    expect(ran.message).toContain('the sheet of 2026-11-20 is held');
    expect((await client.status()).bank).toMatchObject({ quarantined: 1, missing_days: [] });
    // Including the weekend after it.
    for (const date of ['2026-11-20', '2026-11-22']) {
      expect(await client.rate(`USD?date=${date}`)).toMatchObject({ ...CARRIED, held: 'USD' });
      expect(await client.rate(`DEM?date=${date}`)).toMatchObject({ ...CARRIED, held: 'DEM' });
      expect(await client.listing(`?date=${date}`)).toEqual(EVERYTHING);
    }
    expect(await client.listing()).toMatchObject({ codes: ALL, held: [] });
    bank.questions.length = 0;
    await client.run();
    expect(bank.questions).toEqual([null]);
    expect(await client.verdict('accept')).toMatchObject({ saved: 0 });
    expect(await client.rate('DEM?date=2026-11-22')).toMatchObject({ code: 'rates.not_set' });
    expect(await client.rate('USD?date=2026-11-22')).toMatchObject({ value: '11.0000' });
    expect(await client.rate('DEM')).toMatchObject({ effective_date: '2026-11-25' });
  });

  it('is held as the predecessor of a new sheet, and grouped with that sheet', async () => {
    const dates = ['2027-06-16', '2027-06-18', '2027-07-20'];
    for (const date of dates) bank.publish(sheetOf(date, STAYED, { USD: '14,0000' }));
    // Asked for the oldest missed day, the bank sends the second sheet; the first one is its predecessor.
    expect(await day('2027-07-20')).toMatchObject({ saved: 0, quarantined: 1 });
    expect(bank.questions).toContain('17/06/2027');
    expect(await client.items()).toMatchObject([{ missing_codes: GONE, dates }]);
  });

  it('is counted in the run when it is the predecessor of a good sheet', async () => {
    bank.publish(sheetOf('2027-06-16', STAYED));
    bank.publish(sheetOf('2027-06-18', ALL));
    const ran = await day('2027-07-20', sheetOf('2027-07-20', ALL));
    expect(ran).toMatchObject({ quarantined: 1, effective_date: '2027-07-20' });
    expect(ran.message).toContain('the sheet of 2027-06-16 is held');
    expect(await client.rate('DEM?date=2027-06-18')).toMatchObject({ carried: false, held: null });
  });

  it('is withdrawn with its item after two denials by the bank', async () => {
    clock.set('2026-11-20T15:00:00Z');
    bank.publish(sheetOf('2026-11-20', ALL));
    bank.publish(sheetOf('2026-11-21', STAYED));
    expect(await client.run()).toMatchObject({ quarantined: 1, effective_date: '2026-11-21' });
    bank.withdraw('2026-11-21');
    await client.run();
    expect(await client.items()).toHaveLength(1);
    clock.set('2026-11-20T15:30:00Z');
    const ran = await client.run();
    expect(ran.message).toContain('the sheet of 2026-11-21 is withdrawn');
    expect(await client.items()).toEqual([]);
    expect(await client.items('?state=withdrawn')).toMatchObject([{ dates: ['2026-11-21'] }]);
    expect((await client.listing()).held).toEqual([]);
  });

  it('is held when it corrects today’s sheet while tomorrow’s is published', async () => {
    bank.publish(sheetOf('2026-11-20', ALL, { USD: '11,0000' }));
    await day('2026-11-20', sheetOf('2026-11-21', ALL, { USD: '12,0000' }));
    bank.publish(sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    const ran = await client.run();
    expect(ran.quarantined).toBe(1);
    expect(ran.message).toContain('the sheet of 2026-11-20 is held');
    expect(await client.rate('DEM')).toMatchObject({ effective_date: '2026-11-20' });
    expect(await client.rate('USD')).toMatchObject({ value: '11.0000', carried: false });
  });

  it('is withdrawn with its item manually, and returns when the bank sends it with other values', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED));
    const withdrawal = withBody('POST', { reason: 'не то' });
    const withdrawn = await fetch(`${kurs.url}/v1/sheets/2026-11-20/withdraw`, withdrawal);
    expect(withdrawn.status).toBe(200);
    expect(await client.items('?state=withdrawn')).toHaveLength(1);
    expect(await client.rate('DEM')).toMatchObject({ ...CARRIED, held: null });
    await client.run();
    expect(await client.items()).toEqual([]);
    bank.publish(sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    await client.run();
    expect(await client.items()).toMatchObject([{ dates: ['2026-11-20'] }]);
    expect(await client.listing()).toEqual(EVERYTHING);
  });

  it('is settled row by row by the history of currencies, and by the sheet loaded with it', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    await day('2026-11-24', sheetOf('2026-11-24', ALL));
    const covered = { from: toCalendarDate('2026-11-20'), to: toCalendarDate('2026-11-20') };
    const bytes = Buffer.from('history');
    const document = { kind: 'dynamic' as const, bytes, fetched_at: clock.now() };
    const anytime = () => Promise.resolve();
    const cbr_id = `R01${100 + ALL.indexOf('USD')}`;
    const records = [{ cbr_id, nominal: 1, value: '11.0000', effective_date: covered.from }];
    await kurs.get(HistoryRecorder).record({ cbr_id, covered, records, document }, anytime);
    expect(await client.rate('USD?date=2026-11-20')).toMatchObject({ value: '11.0000' });
    expect(await client.rate('DEM?date=2026-11-20')).toMatchObject({ ...CARRIED, held: 'DEM' });
    expect(await client.items()).toMatchObject([{ currencies: 17, dates: ['2026-11-20'] }]);
    const fixings = STAYED.map((code) => ({
      ...{ cbr_id: `R01${100 + ALL.indexOf(code)}`, code, num_code: null, name: code },
      ...{ nominal: 1, value: code === 'USD' ? '11.0000' : '10.0000' },
    }));
    const sheet = { effective_date: covered.from, in_force_to: covered.from, fixings };
    const daily = { kind: 'daily' as const, bytes, fetched_at: clock.now() };
    const recorder = kurs.get(PastSheetRecorder);
    expect(await recorder.record({ ...sheet, document: daily }, anytime)).toMatchObject({
      ...{ added: 16, unchanged: 1 },
    });
    expect(await client.items('?state=accepted')).toMatchObject([{ dates: ['2026-11-20'] }]);
    expect(await client.rate('DEM?date=2026-11-20')).toMatchObject({ code: 'rates.not_set' });
  });

  it('stays excluded from the history of sheets after a rejection', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED));
    await client.verdict('reject');
    await day('2026-11-24', sheetOf('2026-11-24', ALL));
    const effective_date = toCalendarDate('2026-11-20');
    const fixings = STAYED.map((code) => ({
      ...{ cbr_id: `R01${100 + ALL.indexOf(code)}`, code, num_code: null, name: code },
      ...{ nominal: 1, value: '10.0000' },
    }));
    const document = { kind: 'daily' as const, bytes: Buffer.from(''), fetched_at: clock.now() };
    const sheet = { effective_date, in_force_to: effective_date, fixings, document };
    const recorder = kurs.get(PastSheetRecorder);
    const recorded = await recorder.record(sheet, () => Promise.resolve());
    expect(recorded).toEqual({ added: 0, corrected: 0, unchanged: 17 });
    expect(await client.rate('DEM?date=2026-11-20')).toMatchObject({ ...CARRIED, held: 'DEM' });
  });

  it('is recorded later when the limit was raised', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED, { USD: '11,0000' }));
    await fixture.start({ CBR_MAX_SHRINK_PERCENT: '50', JUMP_LIMIT_PERCENT: '0' });
    await client.run();
    expect(await client.items()).toEqual([]);
    expect(await client.items('?state=accepted')).toMatchObject([{ dates: ['2026-11-20'] }]);
    expect(await client.listing()).toEqual({ codes: STAYED, carried: [], held: [] });
  });

  it('is reported by "kurs doctor"', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED));
    const addresses = { CBR_BASE_URL: bank.url, DATABASE_URL: fixture.database.url };
    const settings = settingsFrom({ PORT: '0', ...addresses });
    const findings: Finding[] = [];
    for await (const finding of doctorChecks(settings, clock)) findings.push(finding);
    expect(findings).toContainEqual({
      ...{ subject: 'quarantine', state: 'note' },
      text: '1 pending item, the oldest of 2026-11-20',
      advice: 'GET /v1/quarantine lists them; POST /v1/quarantine/{id}/accept or /reject decides',
    });
  });

  it('counts as one item in the metrics', async () => {
    await day('2026-11-20', sheetOf('2026-11-20', STAYED));
    const metrics = await (await fetch(`${kurs.url}/metrics`)).text();
    expect(metrics).toMatch(/^kurs_quarantined_fixings 1$/m);
    expect(await getJson(`${kurs.url}/health`)).toMatchObject({
      ...{ status: 'degraded', checks: { quarantine: { waiting: 1 } } },
    });
  });
});
