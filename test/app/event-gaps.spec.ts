import { databases } from '../support/databases.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

describe.each(databases)('an event after days that are not loaded, on $engine', ({ engine }) => {
  const fixture = withKurs({ engine, clock: '2026-01-15T09:00:00Z', starts: false });
  const { bank, kurs, clock } = fixture;

  it('has no previous value, like REST, and is still an update', async () => {
    const day = (date: string, value: string) => {
      clock.set(`${date}T09:00:00Z`);
      bank.publish(sheetXml(date.split('-').reverse().join('.'), [at(USD, value)]));
    };
    day('2026-01-15', '78,0000');
    await fixture.start();
    const rows = new Rows(kurs);
    const run = async () => {
      await getJson<object>(`${kurs.url}/tasks/run`, { method: 'POST' });
      const event = JSON.parse((await rows.events()).at(-1)?.payload ?? '{}') as object;
      return { event, rate: await getJson<object>(`${kurs.url}/v1/rates/USD`) };
    };
    // The bank has no sheets of the days between: it answers with one that is too old to be in force.
    day('2026-04-22', '75,5273');
    expect(await run()).toMatchObject({
      event: { event: 'rate_updated', value: 75.5273, previous_value: null },
      rate: { value: '75.5273', previous_rate: null },
    });
    day('2026-04-23', '75,6000');
    expect(await run()).toMatchObject({
      event: { event: 'rate_updated', previous_value: 75.5273 },
      rate: { previous_rate: '75.5273' },
    });
  });
});
