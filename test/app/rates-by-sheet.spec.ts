import fc from 'fast-check';
import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { CURRENCIES, type Day, type Fate, storeHistory } from '../support/random-history.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const DAYS = 10;
const NOW = '2026-04-25T09:00:00.000Z';

const OTHERS = ['source=all', 'quote=EUR', 'codes=USD,DEM'];

const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('set') },
  fc.constantFrom<Fate>('left out', 'held', 'edited', 'deleted', 'corrected'),
);
const sheet: fc.Arbitrary<Day> = fc
  .array(fate, { minLength: CURRENCIES.length - 1, maxLength: CURRENCIES.length - 1 })
  .map((others) => ['set', ...others]);
const day = fc.oneof(
  { weight: 4, arbitrary: sheet },
  fc.constantFrom<Day>('no sheet', 'not loaded'),
);

describe('rates read from the sheets around a day', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD])],
    clock: NOW,
    once: true,
  });

  const answer = async (path: string) => {
    const response = await fetch(`${kurs.url}/v1${path}`);
    const [notLoaded, quarantined] = ['kurs-not-loaded', 'kurs-quarantined'].map((name) =>
      response.headers.get(name),
    );
    // Everything but the request id.
    const text = (await response.text()).replace(/,"request_id":"[^"]+"/, '');
    // The advice of a problem differs for a past instant.
    const body = response.ok ? text : (JSON.parse(text) as { code: string }).code;
    return { status: response.status, notLoaded, quarantined, body };
  };

  it.each([
    ['before 2010, when some were set monthly', '2009-12-28'],
    ['of today', '2026-04-16'],
  ])('equal the result of one lookup per currency: days %s', async (_, first) => {
    const from = toCalendarDate(first);
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: DAYS, maxLength: DAYS }), async (days) => {
        await storeHistory(kurs.get(UnitOfWork), from, days, new Date(NOW));
        const paths = Array.from({ length: DAYS }, (__, index) => {
          const date = addDays(from, index);
          const others = [
            `from=${date}&to=${addDays(from, DAYS - 1)}`,
            ...OTHERS.map((other) => `date=${date}&${other}`),
          ];
          return [`/rates?date=${date}`, `/rates?${others[index % others.length]}`];
        }).flat();
        for (const path of paths) {
          // Requests with as_of are answered by lookups in everything ever stored.
          const [now, asOf] = [await answer(path), await answer(`${path}&as_of=${NOW}`)];
          expect([path, now]).toEqual([path, asOf]);
        }
      }),
      { numRuns: 3, seed: Number(process.env.KURS_SEED ?? 1992_07_01) },
    );
  });
});
