import { databases } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { getJson } from '../support/json.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Status {
  last_run: { result: string; finished_at: string };
  last_success_at: string | null;
}

describe.each(databases)('the state of earlier runs on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    sheets: [sheetXml('25.04.2026', [USD])],
    clock: '2026-04-25T09:00:00Z',
  });
  const { bank, kurs, clock } = fixture;

  beforeEach(() => run());

  const run = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const failEverything = () => bank.misbehave((_, response) => void response.writeHead(403).end());
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const lastSuccessMetric = async () => {
    const text = await (await fetch(`${kurs.url}/metrics`)).text();
    return /^kurs_last_success_timestamp_seconds (\S+)$/m.exec(text)?.[1];
  };
  const restart = () => fixture.start();

  it('hides no failure behind a success dated in the future by a clock that was ahead', async () => {
    await kurs.stop();
    await execute(
      fixture.database.url,
      `UPDATE fetch_state SET last_success_at = '2027-01-01T00:00:00.000Z'`,
    );
    failEverything();
    await restart();
    await run();
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', finished_at: '2026-04-25T09:00:00.000Z' },
      last_success_at: null,
    });
    // An alert measures the time without success by it.
    expect(await lastSuccessMetric()).toBe('0');
    bank.misbehave();
    await run();
    expect(await status()).toMatchObject({ last_success_at: '2026-04-25T09:00:00.000Z' });
  });

  it('hides no failure behind a success of this process before its clock was set back', async () => {
    clock.set('2026-04-25T08:00:00Z');
    failEverything();
    await run();
    expect(await status()).toMatchObject({
      last_run: { result: 'failure', finished_at: '2026-04-25T08:00:00.000Z' },
      last_success_at: null,
    });
    expect(await lastSuccessMetric()).toBe('0');
  });

  it('is trusted when the clock of another instance is a little ahead', async () => {
    await kurs.stop();
    const instant = '2026-04-25T09:01:00.000Z';
    await execute(fixture.database.url, `UPDATE fetch_state SET last_success_at = '${instant}'`);
    failEverything();
    await restart();
    await run();
    expect(await status()).toMatchObject({ last_success_at: instant });
  });
});
