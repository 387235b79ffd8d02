import fc from 'fast-check';
import { toCalendarDate as day } from '../../common/calendar-date.js';
import { byDateAndCode, type StoredVersion } from './stored-version.js';

const version = (
  date: string,
  code: string,
  source: 'cbr' | 'manual',
  cbr_id: string | null,
  id: number,
  recorded_at?: string,
) => ({ effective_date: day(date), code, source, cbr_id, id, recorded_at }) as StoredVersion;

describe('versions', () => {
  const ordered = [
    version('2026-04-24', 'USD', 'manual', 'R01235', 9),
    version('2026-04-25', 'AMD', 'cbr', 'R01060', 8),
    version('2026-04-25', 'DEM', 'cbr', 'R01510', 7),
    version('2026-04-25', 'DEM', 'cbr', 'R01510A', 6),
    version('2026-04-25', 'DEM', 'manual', null, 4, '2026-04-25T09:00:00.000Z'),
    version('2026-04-25', 'DEM', 'manual', null, 5, '2026-04-25T09:00:00.000Z'),
    version('2026-04-25', 'DEM', 'manual', 'R01510', 3, '2026-04-25T09:00:00.001Z'),
    version('2026-04-26', 'AMD', 'cbr', 'R01060', 2),
  ];

  it('are ordered by day and code; manual ones follow the bank’s, in recording order', () => {
    const orders = fc.shuffledSubarray(ordered, { minLength: ordered.length });
    fc.assert(
      fc.property(orders, (shuffled) =>
        shuffled.toSorted(byDateAndCode).every((one, index) => one === ordered[index]),
      ),
    );
  });
});
