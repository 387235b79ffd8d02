import { loadSeries } from '../support/load-series.js';
import { at, EUR, JPY, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const AUD: Valute = {
  ...{ id: 'R01010', num: '036', code: 'AUD', name: 'Австралийский доллар' },
  ...{ nominal: 1, value: '53,8' },
};
const MONDAY = '2026-04-27T09:00:00Z';
const WHOLE: [string, string] = ['1992-07-01', '2026-04-24'];

describe('tab-separated rates for 1C', () => {
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [AUD, USD, EUR, JPY])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });
  const { kurs, clock } = fixture;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${kurs.url}${path}`, { headers });
  const text = async (path: string) => {
    const answer = await get(path);
    return answer.ok ? answer.text() : answer.status;
  };

  beforeAll(async () => {
    await loadSeries(kurs, 'R01235', WHOLE, [
      { date: '1992-07-01', value: '125,26' },
      { date: '1997-12-30', value: '5960' },
      { date: '1998-01-01', value: '5,96' },
      { date: '2026-04-24', value: '74,8' },
    ]);
    clock.set(MONDAY);
    // The bank says that Saturday's sheet is in force on Monday.
    await fixture.run();
    clock.set('2026-04-27T10:00:00Z');
  });

  it('are a line of nominal and value, under both addresses', async () => {
    const answer = await get('/tsv/840/2026/04/25.tsv');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.text()).toBe('1\t75.5273\n');
    expect(await text('/exchangerate/v1/tsv/392/2026/04/25.tsv')).toBe('100\t47.2636\n');
    expect(await text('/TSV/036/2026/4/25.TSV?x=1')).toBe('1\t53.8000\n');
    expect(await text('/tsv/36/2026/04/25.tsv')).toBe('1\t53.8000\n');
  });

  it('are the rate in force on a day without a fixing of its own', async () => {
    for (const day of ['26', '27']) {
      expect(await text(`/tsv/840/2026/04/${day}.tsv`)).toBe('1\t75.5273\n');
    }
    expect(await text('/tsv/840/1997/12/31.tsv')).toBe('1\t5960.0000\n');
    expect(await text('/tsv/840/1998/01/02.tsv')).toBe('1\t5.9600\n');
  });

  it('are 404 for an unknown number, for no day, and for days before the first or yet to come', async () => {
    for (const path of ['999/2026/04/25', 'usd/2026/04/25', '840/2026/02/30', '643/2026/04/25']) {
      expect([path, await text(`/tsv/${path}.tsv`)]).toEqual([path, 404]);
    }
    expect(await text('/tsv/840/1992/06/30.tsv')).toBe(404);
    expect(await text('/tsv/840/2026/05/30.tsv')).toBe(404);
    expect(await text('/tsv/cb/999.tsv')).toBe(404);
  });

  it('are 503 where nothing is loaded, never an older rate', async () => {
    const answer = await get('/tsv/978/2026/04/24.tsv');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await text('/tsv/cb/978.tsv')).toBe(503);
  });

  it('are the whole history, oldest first', async () => {
    const lines = [
      ...['19920701\t1\t125.2600', '19971230\t1\t5960.0000', '19980101\t1\t5.9600'],
      ...['20260424\t1\t74.8000', '20260425\t1\t75.5273', ''],
    ];
    expect(await text('/tsv/cb/840.tsv')).toBe(lines.join('\n'));
    expect(await text('/exchangerate/v1/tsv/cb/840.tsv')).toBe(lines.join('\n'));
  });

  it('are not sent again to a program that has them', async () => {
    const path = '/tsv/840/2026/04/24.tsv';
    const modified = (await get(path)).headers.get('last-modified') ?? '';
    expect(Date.parse(modified)).toBe(Date.parse(MONDAY));
    // From the cache, and without it.
    for (const address of [path, `${path}?1`, `${path}?1`, `${path}?2`]) {
      const again = await get(address, { 'If-Modified-Since': modified });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const earlier = { 'If-Modified-Since': 'Mon, 27 Apr 2026 08:59:59 GMT' };
      expect((await get(address, earlier)).status).toBe(200);
      expect((await get(address, { 'If-Modified-Since': 'yesterday' })).status).toBe(200);
      const other = { 'If-Modified-Since': modified, 'If-None-Match': '"other"' };
      expect((await get(address, other)).status).toBe(200);
    }
  });
});

describe('a number of a currency with two IDs', () => {
  const { kurs, clock } = withKurs({
    sheets: [sheetXml('25.04.2026', [at(USD, '75,5')])],
    clock: '2026-04-25T09:00:00Z',
    once: true,
  });

  it('gives one history, each day by the ID that was set last', async () => {
    const { HistoryRecorder } = await import('../../src/rates/recording/history-recorder.js');
    const named = { name: 'Немецкая марка', name_en: 'Deutsche Mark', code: 'DEM' };
    const entries = [
      { ...named, cbr_id: 'R01510', parent_id: 'R01510', num_code: '276' },
      { ...named, cbr_id: 'R01510A', parent_id: 'R01510', num_code: '280' },
    ];
    const bytes = Buffer.from('<Valuta/>');
    const document = { kind: 'dictionary' as const, bytes, fetched_at: clock.now() };
    await kurs.get(HistoryRecorder).learn({ entries, document }, () => Promise.resolve());
    const range: [string, string] = ['1992-07-01', '2026-04-25'];
    await loadSeries(kurs, 'R01510A', range, [
      { date: '1993-01-06', value: '250' },
      { date: '1998-01-06', value: '3,3' },
    ]);
    await loadSeries(kurs, 'R01510', range, [
      { date: '1998-01-06', value: '3,31' },
      { date: '2001-12-29', value: '13,6' },
    ]);
    const expected = '19930106\t1\t250.0000\n19980106\t1\t3.3100\n20011229\t1\t13.6000\n';
    for (const number of ['276', '280']) {
      const history = await fetch(`${kurs.url}/tsv/cb/${number}.tsv`);
      expect(await history.text()).toBe(expected);
      const day = await fetch(`${kurs.url}/tsv/${number}/1998/01/06.tsv`);
      expect(await day.text()).toBe('1\t3.3100\n');
    }
  });
});
