import { SchedulerRegistry } from '@nestjs/schedule';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventTail } from '../../src/events/event-tail.js';
import type { RateChange } from '../../src/events/rate-event.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const CHANGE: RateChange = {
  ...{ event: 'rate_created', id: 7, code: 'ORE', name: 'Ore', value: '1.50', nominal: 1 },
  created_at: new Date('2026-01-01T12:00:00Z'),
  effective_date: toCalendarDate('2026-01-01'),
  ...{ previous_value: null, previous_nominal: null, source: 'manual' },
};

describe('periodic work', () => {
  const fixture = withKurs({ sheets: [sheetXml('25.04.2026', [USD])] });
  const { kurs } = fixture;

  it('is scheduled by name, and ends when the service stops', async () => {
    const schedule = kurs.get(SchedulerRegistry);
    expect(schedule.getIntervals().sort()).toEqual([
      'database-files',
      'database-write',
      'event-retention',
      'event-tail',
      'heartbeat',
      'leases',
      'quiet-connections',
    ]);
    await eventually('the next run is planned', () => schedule.doesExist('timeout', 'fetch-rates'));
    await kurs.stop();
    expect([schedule.getIntervals(), schedule.getTimeouts()]).toEqual([[], []]);
  });

  it('finds commits of another process', async () => {
    const tail = kurs.get(EventTail);
    await tail.caughtUp();
    const other = await OpenedDatabase.open(fixture.database.url);
    await other.unitOfWork.run((unit) => kurs.get(EventLog).append(unit, [CHANGE]));
    await other.close();
    await eventually('the tail has it', () => tail.position.seq === 2);
  });
});
