import { databases, isRepeated } from '../support/databases.js';
import { send, withMissingDays } from '../support/missing-days.js';
import { Rows } from '../support/rows.js';

describe.each(databases)('a day whose sheet is unavailable on $engine', ({ engine }) => {
  const { bank, kurs, clock, start, publish, spoil, run, missing, usd, onSchedule, untilSaturday } =
    withMissingDays(engine);

  it('is retried at a slower pace, and finally stored as history', async () => {
    await untilSaturday();
    const page = send('<html></html>');
    spoil(['2026-11-26'], page);
    expect(await onSchedule('2026-11-28T09:00:00Z')).toEqual([
      ...[null, '26/11/2026', '27/11/2026'],
    ]);
    expect(await missing()).toMatchObject([{ next_try_at: '2026-11-28T10:00:00.000Z' }]);
    expect(await onSchedule('2026-11-28T09:59:00Z')).toEqual([null]);
    // The newest sheet comes first: a day that may fail again delays nothing.
    expect(await onSchedule('2026-11-28T10:00:00Z')).toEqual([null, '26/11/2026']);
    expect(await missing()).toMatchObject([{ tries: 2, next_try_at: '2026-11-28T12:00:00.000Z' }]);
    const events = (await new Rows(kurs).events()).length;
    bank.misbehave();
    expect(await onSchedule('2026-11-28T12:00:00Z')).toContain('26/11/2026');
    expect(await missing()).toEqual([]);
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
    expect(await new Rows(kurs).events()).toHaveLength(events);
  });

  it('is retried at once by a forced run, and when the clock was set back', async () => {
    await untilSaturday();
    spoil(['2026-11-26'], send('<html></html>'));
    await run();
    bank.questions.length = 0;
    await run();
    expect(bank.questions).toEqual([null, '26/11/2026']);
    clock.set('2027-11-28T09:00:00Z');
    await run();
    bank.misbehave();
    expect(await onSchedule('2026-11-28T09:00:00Z')).toContain('26/11/2026');
    expect(await missing()).toEqual([]);
  });

  if (isRepeated(engine)) return;

  it('is found later if a clock that was behind had skipped it', async () => {
    await start();
    publish('2026-11-26', '76,0000');
    publish('2026-11-27', '77,0000');
    publish('2026-11-28', '78,0000');
    publish('2026-12-01', '81,0000');
    // It is Saturday, but the clock of this machine says Wednesday.
    expect(await run()).toMatchObject({ effective_date: '2026-12-01' });
    expect(await usd('rates/USD?date=2026-11-27')).toMatchObject({ code: 'rates.not_loaded' });
    clock.set('2026-12-01T09:00:00Z');
    const events = (await new Rows(kurs).events()).length;
    await run();
    expect(await usd('rates/USD?date=2026-11-26')).toMatchObject({ value: '76.0000' });
    expect(await usd('rates/USD?date=2026-11-27')).toMatchObject({ value: '77.0000' });
    expect(await usd('rates/USD?date=2026-11-30')).toMatchObject({
      ...{ value: '78.0000', carried: true },
    });
    expect(await new Rows(kurs).events()).toHaveLength(events);
    bank.questions.length = 0;
    await run();
    expect(bank.questions).toEqual([null]);
  });
});
