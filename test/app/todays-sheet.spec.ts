import { FetchRuns } from '../../src/tasks/fetch-runs.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const TODAY = '24/04/2026';

/** From the afternoon on the newest sheet is tomorrow's, while today's is still in force. */
describe('today’s sheet, while tomorrow’s is published', () => {
  const { bank, kurs, clock } = withKurs({
    sheets: [sheetXml('24.04.2026', [at(USD, '75,0000'), EUR])],
    clock: '2026-04-24T09:00:00Z',
  });

  beforeEach(() => {
    bank.questions.length = 0;
  });

  const publish = (day: string, usd: string) => bank.publish(sheetXml(day, [at(USD, usd), EUR]));
  const run = () => getJson<object>(`${kurs.url}/tasks/run`, { method: 'POST' });
  const runOnSchedule = async (time: string) => {
    clock.set(`2026-04-24T${time}:00Z`);
    bank.questions.length = 0;
    await kurs.get(FetchRuns).runOnSchedule();
    return [...bank.questions];
  };
  const lastEvent = async () =>
    JSON.parse((await new Rows(kurs).events()).at(-1)?.payload ?? '{}') as object;

  it('is requested by a forced run: the bank may have corrected it', async () => {
    publish('25.04.2026', '76,0000');
    expect(await run()).toMatchObject({ saved: 1, unchanged: 1, effective_date: '2026-04-25' });
    publish('24.04.2026', '75,1000');
    expect(await run()).toMatchObject({ saved: 1, unchanged: 2, effective_date: '2026-04-25' });
    expect(await lastEvent()).toMatchObject({
      ...{ event: 'rate_updated', code: 'USD', effective_date: '2026-04-24' },
      ...{ value: 75.1, previous_value: 75 },
    });
    expect(bank.questions).toEqual([null, TODAY, null, TODAY]);
  });

  it('is requested once an hour on schedule', async () => {
    expect(await runOnSchedule('11:00')).toEqual([null]);
    publish('25.04.2026', '76,0000');
    expect(await runOnSchedule('13:00')).toEqual([null, TODAY]);
    expect(await runOnSchedule('13:10')).toEqual([null]);
    expect(await runOnSchedule('13:59')).toEqual([null]);
    expect(await runOnSchedule('14:00')).toEqual([null, TODAY]);
    publish('24.04.2026', '75,1000');
    expect(await runOnSchedule('15:00')).toEqual([null, TODAY]);
    expect(await lastEvent()).toMatchObject({ effective_date: '2026-04-24', value: 75.1 });
  });

  it('does not block tomorrow’s when it fails, and is soon retried', async () => {
    publish('25.04.2026', '76,0000');
    bank.misbehave((request, response) => {
      if (request.url?.includes('date_req')) response.destroy();
      else bank.answerAsUsual(request, response);
    });
    expect(await runOnSchedule('13:00')).toEqual([null, TODAY, TODAY, TODAY]);
    const { lastRun } = await kurs.get(FetchRuns).state();
    expect(lastRun).toMatchObject({ result: 'failure', saved: 1, effective_date: '2026-04-25' });
    bank.misbehave();
    expect(await runOnSchedule('13:10')).toEqual([null, TODAY]);
  });

  it('is not mistaken for an older sheet that contradicts the newest', async () => {
    publish('25.04.2026', '76,0000');
    await run();
    const before = await new Rows(kurs).documents();
    bank.withdraw('2026-04-24');
    publish('23.04.2026', '74,0000');
    expect(await run()).toMatchObject({ saved: 0, unchanged: 2, effective_date: '2026-04-25' });
    expect(await new Rows(kurs).documents()).toEqual(before);
  });
});
