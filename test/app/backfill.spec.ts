import { loadHistory } from '../support/command-load.js';
import { databases, isRepeated } from '../support/databases.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, dictionaryXml, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

describe.each(databases)('a backfill on $engine', ({ engine }) => {
  const { bank, kurs, clock } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR])],
    clock: '2026-04-25T09:00:00Z',
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const rows = new Rows(kurs);

  const load = (wanted: { from: string; to?: string; codes?: string[] }) =>
    loadHistory(kurs, wanted);
  const get = (path: string) => getJson<object>(`${kurs.url}/v1/rates/${path}`);

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
    const scope = await getJson<{ code: string }[]>(`${kurs.url}/v1/currencies?scope=all`);
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
});
