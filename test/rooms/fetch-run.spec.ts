import type { ServerResponse } from 'node:http';
import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type ProblemBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Rows } from '../support/rows.js';
import { at, encode1251, EUR, sheetXml, USD } from '../support/sheet-builder.js';

interface Run {
  saved: number;
  unchanged: number;
  effective_date: string;
}
interface Status {
  newest_effective_date: string | null;
  last_success_at: string | null;
  last_run: { result: string; code: string | null; message: string; saved: number } | null;
}

describe.each(databases)('fetching on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let rows: Rows;

  beforeEach(async () => {
    bank = await FakeBank.start();
    database = await create();
    bank.publish(sheetXml('20.04.2026', [USD]));
    bank.publish(sheetXml('21.04.2026', [USD, EUR]));
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      CBR_TIMEOUT_MS: '1500',
    });
    rows = new Rows(kurs);
    await run();
    bank.questions.length = 0;
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const post = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const run = async () => (await (await post()).json()) as Run;
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);

  it('takes the newest sheet alone into an empty database', async () => {
    expect((await rows.rates()).map((rate) => rate.effective_date)).toEqual([
      '2026-04-21',
      '2026-04-21',
    ]);
  });

  it('records the days it missed, oldest first, then the newest', async () => {
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

  it('asks for the last 31 days at most', async () => {
    bank.publish(sheetXml('10.06.2026', [at(USD, '78,0000'), EUR]));
    // Every day before the newest is answered with the sheet that is known.
    expect(await run()).toMatchObject({ saved: 1, effective_date: '2026-06-10' });
    expect(bank.questions).toHaveLength(32);
    expect(bank.questions.slice(0, 2)).toEqual([null, '10/05/2026']);
    expect(bank.questions.at(-1)).toBe('09/06/2026');
  });

  it('stops at the first failure, keeps what came before, and goes on from there', async () => {
    bank.publish(sheetXml('22.04.2026', [at(USD, '76,0000'), EUR]));
    bank.publish(sheetXml('25.04.2026', [at(USD, '78,0000'), EUR]));
    bank.misbehave((request, response) => {
      if (request.url?.includes('23%2F04')) response.writeHead(500).end();
      else if (request.url?.includes('22%2F04')) {
        response.end(encode1251(sheetXml('22.04.2026', [at(USD, '76,0000'), EUR])));
      } else response.end(encode1251(sheetXml('25.04.2026', [at(USD, '78,0000'), EUR])));
    });
    expect((await post()).status).toBe(502);
    expect(await status()).toMatchObject({
      newest_effective_date: '2026-04-22',
      last_run: { result: 'failure', code: 'cbr.http_status', saved: 1 },
    });
    bank.misbehave();
    expect(await run()).toMatchObject({ saved: 1, effective_date: '2026-04-25' });
  });

  it('waits for a run that has asked the bank already, and runs its own', async () => {
    let release = (): void => undefined;
    bank.misbehave((_, response) => {
      release = () => response.end(encode1251(sheetXml('21.04.2026', [USD, EUR])));
    });
    const first = run();
    await eventually('the bank is asked', () => bank.questions.length === 1);
    bank.misbehave();
    bank.publish(sheetXml('22.04.2026', [at(USD, '76,0000'), EUR]));
    const second = kurs.get(FetchRuns).runNow();
    const third = kurs.get(FetchRuns).runNow();
    release();
    expect(await first).toMatchObject({ saved: 0, effective_date: '2026-04-21' });
    expect(await second).toMatchObject({ saved: 1, effective_date: '2026-04-22' });
    // The third found the second waiting, which had not asked yet: they share one run.
    expect(await third).toMatchObject({ saved: 1, effective_date: '2026-04-22' });
    expect(bank.questions).toHaveLength(2);
  });

  const good = sheetXml('22.04.2026', [at(USD, '76,0000'), EUR]);
  const text = (document: string) => (response: ServerResponse) => {
    response.end(encode1251(document));
  };
  const farFuture = new Date(Date.now() + 40 * 86_400_000);
  const farFutureDate = farFuture.toISOString().slice(0, 10).split('-').reverse().join('.');

  const badAnswers: [string, (response: ServerResponse) => void][] = [
    ['cbr.http_status', (response) => response.writeHead(503).end(good)],
    ['cbr.html', text('<!DOCTYPE html><html><head><title>DDOS-GUARD</title></head></html>')],
    ['cbr.wrong_root', text('<?xml version="1.0"?><Valuta></Valuta>')],
    ['cbr.error_in_parameters', text('<ValCurs>Error in parameters</ValCurs>')],
    ['cbr.empty', text('<ValCurs Date="22.04.2026" name="Foreign Currency Market"></ValCurs>')],
    ['cbr.empty', text('')],
    ['cbr.truncated', text(good.slice(0, -20))],
    [
      'cbr.truncated',
      (response) => {
        response.writeHead(200, { 'Content-Length': good.length });
        response.write(good.slice(0, 100), () => response.destroy());
      },
    ],
    ['cbr.unreadable_number', text(good.replace('76,0000', '76,00x0'))],
    ['cbr.missing_id', text(good.replace(' ID="R01235"', ''))],
    ['cbr.duplicate_id', text(good.replace('R01239', 'R01235'))],
    ['cbr.implausible_date', text(sheetXml(farFutureDate, [USD]))],
    ['cbr.too_large', (response) => response.end(Buffer.alloc(4 * 1024 * 1024 + 1, ' '))],
    [
      'cbr.timeout',
      (response) => {
        const bytes = encode1251(good);
        let sent = 0;
        const drip = setInterval(() => response.write(bytes.subarray(sent, ++sent)), 100);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['cbr.timeout', () => undefined],
    ['cbr.unreachable', (response) => response.destroy()],
  ];

  it.each(badAnswers)('takes nothing from an answer that is %s', async (code, misbehaviour) => {
    const before = { rates: await rows.rates(), documents: await rows.documents() };
    const { last_success_at } = await status();
    bank.misbehave((_, response) => misbehaviour(response));
    const response = await post();
    expect(response.status).toBe(502);
    expect((await response.json()) as ProblemBody).toMatchObject({ code, status: 502 });
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', code, saved: 0 },
      last_success_at,
    });
    expect({ rates: await rows.rates(), documents: await rows.documents() }).toEqual(before);
    expect(await rows.events()).toHaveLength(2);
  });
});
