import { EventEmitter, once } from 'node:events';
import { withCommandHost } from '../support/command-host.js';
import { CommandProcess } from '../support/command-process.js';
import { createSqlite, databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { DICTIONARY, everySheet, idOf } from '../support/history.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { readLog, readRates } from '../support/log-reader.js';
import { EUR, seriesXml, sheetXml, USD } from '../support/sheet-builder.js';

interface Answer {
  code: string;
  value?: string;
  carried?: boolean;
}

const FROM = '2020-01-01';
const POINTS = everySheet(FROM, '2026-04-25');

function bankWithHistory(bank: FakeBank): void {
  bank.publish(sheetXml('25.04.2026', [USD, EUR]));
  bank.list(DICTIONARY);
  for (const { id } of DICTIONARY) bank.record(id, POINTS);
}

describe.each(databases)('the backfill command on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bankWithHistory(bank);
    database = await create();
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
  });

  afterEach(async () => {
    await database.drop();
    await bank.stop();
  });

  it('loads an empty database without a service, and prints a line per step', async () => {
    const command = new CommandProcess('backfill', environment, [
      '--from',
      FROM,
      '--codes',
      'usd,EUR',
    ]);
    expect(await command.exited).toEqual({ code: 0, signal: null });
    const lines = command.output.trim().split('\n');
    expect(lines[0]).toBe('Newest sheet: 2026-04-25; 2 new rates');
    expect(lines.slice(1, 3).sort().join()).toMatch(/^1\/2 (USD|EUR): \d+ rates added,2\/2/);
    expect(lines[3]).toContain('2020-01-01 to 2026-04-24:');
    expect(lines.slice(4).every((line) => line.includes('contradicts itself'))).toBe(true);
    expect(command.errorOutput).toBe('');
    expect(await readRates(database.url)).toHaveLength(2 * POINTS.length);
  });

  it('resumes after SIGKILL, and stores every fixing once', async () => {
    const killed = new CommandProcess('backfill', environment, ['--from', FROM]);
    await killed.printed(/\n2\/\d+ /);
    await killed.kill('SIGKILL');
    const finished = [...killed.output.matchAll(/\d+\/\d+ (\w+):/g)].map(([, code = '']) => code);
    bank.historyQuestions.length = 0;
    const next = new CommandProcess('backfill', environment, ['--from', FROM]);
    expect(await next.exited).toMatchObject({ code: 0 });
    expect(finished.length).toBeGreaterThanOrEqual(2);
    for (const code of finished) expect(bank.historyQuestions).not.toContain(idOf(code));
    expect(await readRates(database.url)).toHaveLength(7 * POINTS.length - 5);
  });

  it('runs beside a service, which follows it and never fails a write', async () => {
    const kurs = await KursProcess.start(environment);
    try {
      await kurs.printed(/saved 2 records/);
      const path = `${kurs.url}/v1/rates/USD?date=2020-06-17`;
      expect(await getJson<Answer>(path)).toMatchObject({ code: 'rates.not_loaded' });
      // A write waits for one unit of the command, not for all of it: the bank tells no more until one came through.
      const acknowledged = new EventEmitter();
      bank.misbehaveOnHistory(() => once(acknowledged, 'write'));
      const command = new CommandProcess('backfill', environment, ['--from', FROM]);
      let isDone = false;
      void command.exited.then(() => (isDone = true));
      let writes = 0;
      while (!isDone) {
        const query = `code=TST&name=T&value=${++writes}`;
        const { status } = await fetch(`${kurs.url}/rates/create?${query}`);
        expect(status).toBe(201);
        acknowledged.emit('write');
      }
      expect(await command.exited).toMatchObject({ code: 0 });
      await eventually(
        'the service sees it',
        async () => (await getJson<Answer>(path)).carried === false,
      );
      const log = await readLog(database.url);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
      expect(log).toHaveLength(2 + writes);
    } finally {
      await kurs.kill('SIGKILL');
    }
  });
});

describe('the backfill command', () => {
  const host = withCommandHost();
  let bank: FakeBank;
  let database: TestDatabase;
  let environment: Record<string, string>;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bankWithHistory(bank);
    database = await createSqlite();
    environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
  });

  afterEach(async () => {
    await database.drop();
    await bank.stop();
  });

  it('takes over from the background history of a service', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    bank.misbehaveOnHistory((request, response) => {
      if (!request.url?.includes('R01060')) return;
      // Holds this answer back: the handler owns the response until then.
      response.setHeader('Content-Type', 'application/xml');
      response.flushHeaders();
      void held.then(() => response.end(seriesXml('R01060', '1992-07-01', '2026-04-25', [])));
    });
    // However long the command takes to start, the background still waits for the bank.
    const patient = { BACKFILL_DAYS: '60', CBR_TIMEOUT_MS: '600000' };
    const kurs = await KursProcess.start({ ...environment, ...patient });
    try {
      await eventually('the background waits for the bank', () =>
        bank.historyQuestions.includes('R01060'),
      );
      bank.misbehaveOnHistory();
      const command = new CommandProcess('backfill', environment, ['--from', FROM]);
      expect(await command.exited).toMatchObject({ code: 0 });
      release();
      await kurs.printed(/Another process has taken over/);
      expect(await readRates(database.url)).toHaveLength(7 * POINTS.length - 5);
    } finally {
      release();
      await kurs.kill('SIGKILL');
    }
  });

  it('names missing currencies and exits with 1', async () => {
    bank.misbehaveOnHistory((request, response) => {
      if (request.url?.includes('R01239')) response.writeHead(503).end();
    });
    const words = ['--from', FROM, '--codes', 'USD,EUR'];
    expect(await host.run(environment, 'backfill', ...words)).toMatchObject({
      code: 1,
      complained: 'Missing: EUR (R01239): The bank answers with status 503 (cbr.http_status)\n',
    });
  });

  it('exits with 1 if the bank is unreachable or a code is unknown', async () => {
    const unknown = await host.run(environment, 'backfill', '--from', FROM, '--codes', 'XYZ');
    expect(unknown).toMatchObject({ code: 1, complained: 'The bank knows no currency XYZ\n' });
    const nowhere = { ...environment, CBR_BASE_URL: 'http://127.0.0.1:9' };
    const { code, complained } = await host.run(nowhere, 'backfill', '--from', FROM);
    expect(code).toBe(1);
    expect(complained).toMatch(/^The bank cannot be reached: .*\n$/);
  });

  it.each([
    [[], /--from is required without --sheets/],
    [['--from', '1992-02-30'], /'1992-02-30' is invalid. Expected a date/],
    [['--from', '2000-01-01', '--to', '1999-01-01'], /--to 1999-01-01 is before/],
    [['--from', '2000-01-01', '--codes', 'US$'], /"US\$" is not a code/],
    [['--from', '2000-01-01', '--quick'], /--quick/],
  ])('exits with 64 for %j, and prints the usage', async (words, reason) => {
    const { code, complained } = await host.run(environment, 'backfill', ...words);
    expect(code).toBe(64);
    expect(complained).toMatch(reason);
    expect(complained).toContain('kurs backfill --from 1992-07-01');
  });

  it('exits with 78 for a bad setting, and with 0 after its help', async () => {
    const mistaken = { ...environment, CBR_TIMEOUT_MS: 'soon' };
    const bad = await host.run(mistaken, 'backfill', '--from', FROM);
    expect(bad.code).toBe(78);
    expect(bad.complained).toContain('CBR_TIMEOUT_MS');
    const help = await host.run(environment, 'backfill', '--help');
    expect(help.code).toBe(0);
    expect(help.said).toContain('Exit codes:');
  });
});
