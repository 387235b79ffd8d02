import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { databases } from '../support/databases.js';
import { getJson, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import {
  at,
  encode1251,
  EUR,
  IRR,
  JPY,
  manyValutes,
  sheetXml,
  USD,
  type Valute,
} from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Run {
  saved: number;
  unchanged: number;
  effective_date: string;
}

describe.each(databases)('recording sheets on $engine', ({ engine }) => {
  const { bank, kurs } = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY, IRR])],
  });
  const rows = new Rows(kurs);

  beforeEach(async () => {
    await run();
  });

  const run = () => getJson<Run>(`${kurs.url}/tasks/run`, { method: 'POST' });

  const publishAndRun = (date: string, valutes: Valute[]) => {
    bank.publish(sheetXml(date, valutes));
    return run();
  };

  const idOf = async (code: string) =>
    (await rows.rates()).find((rate) => rate.code === code)?.id ?? 0;

  const events = async () =>
    (await rows.events()).map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);

  it('stores every digit, nominal and name as published', async () => {
    const stored = (await rows.rates()).map((rate) => [
      rate.cbr_id,
      rate.code,
      rate.name,
      rate.nominal,
      rate.value,
      rate.effective_date,
      rate.source,
    ]);
    expect(stored).toEqual([
      ['R01235', 'USD', 'Доллар США', 1, '75.5273', '2026-04-25', 'cbr'],
      ['R01239', 'EUR', 'Евро', 1, '88.1020', '2026-04-25', 'cbr'],
      ['R01820', 'JPY', 'Иен', 100, '47.2636', '2026-04-25', 'cbr'],
      ['R01300', 'IRR', 'Иранских риалов', 1_000_000, '53.9256', '2026-04-25', 'cbr'],
    ]);
  });

  it('stores the bytes of the bank once', async () => {
    await run();
    const documents = await rows.documents();
    expect(documents).toHaveLength(1);
    const bytes = gunzipSync(documents[0]?.gzipped_bytes ?? Buffer.alloc(0));
    expect(new TextDecoder('windows-1251').decode(bytes)).toBe(
      sheetXml('25.04.2026', [USD, EUR, JPY, IRR]),
    );
    expect((await rows.rates()).every((rate) => rate.document_id === documents[0]?.id)).toBe(true);
  });

  it('saves nothing and emits nothing when the same sheet comes again', async () => {
    expect(await run()).toMatchObject({ saved: 0, unchanged: 4, effective_date: '2026-04-25' });
    expect(await rows.rates()).toHaveLength(4);
    expect(await rows.events()).toHaveLength(4);
  });

  it('announces exactly the fixings whose unit rate differs, and stores all', async () => {
    const next = [
      at(USD, '76,0000'),
      at(EUR, '88,1020'),
      at(JPY, '4,72636', 10),
      at(IRR, '53,9257'),
    ];
    expect(await publishAndRun('28.04.2026', next)).toMatchObject({ saved: 2, unchanged: 2 });
    expect(await rows.rates()).toHaveLength(8);
    expect((await events()).slice(4)).toMatchObject([
      {
        event: 'rate_updated',
        code: 'USD',
        value: 76,
        previous_value: 75.5273,
        previous_nominal: 1,
        effective_date: '2026-04-28',
        seq: 5,
      },
      { event: 'rate_updated', code: 'IRR', value: 53.9257, previous_value: 53.9256, seq: 6 },
    ]);
  });

  it('has the id of the stored row in every event', async () => {
    await publishAndRun('28.04.2026', [...manyValutes(50), at(USD, '76,0000')]);
    const byId = new Map((await rows.rates()).map((rate) => [rate.id, rate.code]));
    for (const event of await events()) expect(byId.get(event.id as number)).toBe(event.code);
  });

  it('stores a correction as a revision with an event', async () => {
    expect(await publishAndRun('25.04.2026', [at(USD, '75,5274'), EUR, JPY, IRR])).toMatchObject({
      saved: 1,
      unchanged: 3,
    });
    expect(await rows.revisions()).toMatchObject([
      { code: 'USD', value: '75.5273', reason: 'correction', rate_id: await idOf('USD') },
    ]);
    expect((await events()).at(-1)).toMatchObject({
      event: 'rate_updated',
      id: await idOf('USD'),
      value: 75.5274,
      previous_value: 75.5273,
    });
    expect(await rows.documents()).toHaveLength(2);
  });

  it('names the document of the values in effect when the bank reverts a correction', async () => {
    const named = async () => {
      const { sha256 } = await getJson<{ sha256: string }>(`${kurs.url}/v1/sheets/2026-04-25`);
      const xml = await (await fetch(`${kurs.url}/v1/sheets/2026-04-25.xml`)).arrayBuffer();
      expect(createHash('sha256').update(Buffer.from(xml)).digest('hex')).toBe(sha256);
      return new TextDecoder('windows-1251').decode(xml);
    };
    const first = [USD, EUR, JPY, IRR];
    const corrected = [at(USD, '75,5274'), EUR, JPY, IRR];
    for (const valutes of [corrected, first, corrected]) {
      await publishAndRun('25.04.2026', valutes);
      expect(await named()).toBe(sheetXml('25.04.2026', valutes));
    }
    await fetch(`${kurs.url}/rates/delete?rate_id=${await idOf('USD')}`, { method: 'DELETE' });
    expect(await named()).toBe(sheetXml('25.04.2026', corrected));
    // Nothing of it is stored.
    await publishAndRun('25.04.2026', [{ ...at(USD, '75,5274'), name: 'Доллар' }, EUR, JPY, IRR]);
    expect(await named()).toBe(sheetXml('25.04.2026', corrected));
  });

  it('takes over a new name without revision or event', async () => {
    await publishAndRun('25.04.2026', [{ ...USD, name: 'Доллар' }, EUR, JPY, IRR]);
    expect((await rows.rates()).map((rate) => rate.name)).toContain('Доллар');
    expect(await rows.revisions()).toHaveLength(0);
    expect(await rows.events()).toHaveLength(4);
  });

  it('announces the first fixing of a currency as created', async () => {
    await publishAndRun('28.04.2026', [USD, EUR, JPY, IRR, ...manyValutes(1)]);
    expect((await events()).at(-1)).toMatchObject({
      event: 'rate_created',
      code: 'X000',
      previous_value: null,
      previous_nominal: null,
    });
  });

  it('compares with the last fixing of a currency that was missing for a while', async () => {
    await publishAndRun('28.04.2026', [USD, EUR, JPY]);
    const back = await publishAndRun('29.04.2026', [USD, EUR, JPY, IRR]);
    expect(back).toMatchObject({ saved: 0, unchanged: 4 });
  });

  it('stores additions of a correction to an older sheet as history: no event, created when its day began in Moscow', async () => {
    await publishAndRun('28.04.2026', [USD, EUR, JPY, IRR]);
    const corrected = sheetXml('25.04.2026', [
      at(USD, '75,5274'),
      EUR,
      JPY,
      IRR,
      ...manyValutes(1),
    ]);
    bank.misbehave((_, response) => response.end(encode1251(corrected)));
    expect(await run()).toMatchObject({ saved: 1, unchanged: 4 });
    expect((await rows.rates()).at(-1)).toMatchObject({
      ...{ code: 'X000', effective_date: '2026-04-25' },
      created_at: new Date('2026-04-24T21:00:00.000Z'),
    });
    expect((await events()).slice(4)).toMatchObject([{ code: 'USD', value: 75.5274 }]);
  });

  it('keeps a manual edit until the bank publishes another value', async () => {
    const id = await idOf('USD');
    await fetch(`${kurs.url}/rates/update?rate_id=${id}`, withBody('PATCH', { value: '80.10' }));
    expect(await run()).toMatchObject({ saved: 0 });
    expect((await rows.rates())[0]).toMatchObject({ value: '80.10', source: 'manual' });

    expect(await publishAndRun('25.04.2026', [at(USD, '75,5300'), EUR, JPY, IRR])).toMatchObject({
      saved: 1,
    });
    expect((await rows.rates())[0]).toMatchObject({ id, value: '75.5300', source: 'cbr' });
    expect((await events()).at(-1)).toMatchObject({ event: 'rate_updated', previous_value: 80.1 });
    expect((await rows.revisions()).map(({ reason }) => reason)).toEqual(['edit', 'correction']);
  });

  it('keeps a deleted fixing deleted until the bank publishes another value', async () => {
    await fetch(`${kurs.url}/rates/delete?rate_id=${await idOf('USD')}`, { method: 'DELETE' });
    expect(await run()).toMatchObject({ saved: 0 });
    expect(await idOf('USD')).toBe(0);

    await publishAndRun('25.04.2026', [at(USD, '75,5300'), EUR, JPY, IRR]);
    expect((await events()).slice(-2)).toMatchObject([
      { event: 'rate_deleted', value: 75.5273 },
      { event: 'rate_updated', value: 75.53, previous_value: 75.5273 },
    ]);
  });
});
