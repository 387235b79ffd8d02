import { CbrClient } from '../../src/cbr/cbr.client.js';
import { SheetVerification } from '../../src/tasks/sheet-verification.js';
import { DICTIONARY } from '../support/history.js';
import { QuarantineClient } from '../support/quarantine-client.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const [BEFORE, CLOCK] = ['2026-04-25T09:00:00Z', '2026-04-28T09:00:00Z'] as const;

describe('of a Kurs that holds a rate in quarantine, another', () => {
  const settings = { CBR_RETRY_PAUSE_MS: '1' };
  const first = withKurs({
    ...{ clock: BEFORE, once: true, settings: { ...settings, JUMP_LIMIT_PERCENT: '5' } },
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY])],
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const second = withKurs({ clock: BEFORE, settings, once: true, starts: false });
  const third = withKurs({ clock: CLOCK, settings, once: true, starts: false });
  const held = new QuarantineClient(() => first.kurs.url);
  const dollarOf = (day: string) => fetch(`${second.kurs.url}/v1/rates/USD?date=${day}`);

  beforeAll(async () => {
    await first.run();
    await second.start({ CBR_BASE_URL: first.kurs.url });
    await second.run();
    first.bank.publish(sheetXml('28.04.2026', [at(USD, '85,0000'), EUR, JPY]));
    for (const { clock } of [first, second]) clock.set(CLOCK);
    expect(await held.run()).toMatchObject({ quarantined: 1 });
  });

  it('does not take the sheet without that rate for the whole sheet', async () => {
    expect(await second.run()).toMatchObject({ code: 'cbr.incomplete' });
    const dollar = await dollarOf('2026-04-28');
    expect(dollar.headers.get('kurs-missing-sheet')).toBe('2026-04-28; code=cbr.incomplete');
    const mirrored = await fetch(`${second.kurs.url}/scripts/XML_daily.asp`);
    expect(mirrored.status).toBe(503);
  });

  it('does not take the series without that rate for the whole series', async () => {
    const client = second.kurs.get(CbrClient);
    const range = { from: '2026-04-28', to: '2026-04-28' } as Parameters<CbrClient['series']>[1];
    const series = client.series(USD.id, range, new AbortController().signal);
    await expect(series).rejects.toMatchObject({ code: 'cbr.incomplete' });
  });

  it('says when it verifies that the rate is not there, and compares the others', async () => {
    await third.start({ CBR_BASE_URL: first.bank.url });
    await third.run();
    await third.start({ CBR_BASE_URL: first.kurs.url });
    const verification = third.kurs.get(SheetVerification);
    const { days } = verification;
    if (!days) throw new Error('Nothing is stored');
    const found: string[] = [];
    for await (const sheet of verification.run(days, new AbortController().signal)) {
      found.push(...sheet.differences);
    }
    expect(found).toEqual(['2026-04-28 USD (R01235): stored 85.0000 for 1, not there']);
  });

  it('loads the sheet once the rate is accepted', async () => {
    await held.verdict('accept');
    expect(await second.run()).toMatchObject({ effective_date: '2026-04-28' });
    expect(await (await dollarOf('2026-04-28')).json()).toMatchObject({ value: '85.0000' });
  });
});
