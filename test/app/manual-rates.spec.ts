import fc from 'fast-check';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { viewOf } from '../../src/rates/book/book-view.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { databases } from '../support/databases.js';
import { withKurs } from '../support/with-kurs.js';

const CODES = ['AAA', 'AAAA', 'B2'];
/** undefined: all codes. */
const LISTS = [undefined, ['AAA', 'B2']];
const DAYS = [1, 2, 3, 4].map((day) => toCalendarDate(`2026-03-0${day}`));

interface Made {
  id: number;
  code: string;
  day: string;
  value: string;
  /** Time of creation or last edit: an increasing number. */
  at: number;
}

/** Creates a rate of a code on a day, or edits or deletes an existing one. */
const deed = fc.record({
  what: fc.constantFrom('create', 'create', 'edit', 'delete'),
  code: fc.constantFrom(...CODES),
  day: fc.constantFrom(...DAYS),
  which: fc.nat(100),
});

describe.each(databases)('manual rates on $engine', ({ engine }) => {
  let second = 0;

  const nextInstant = () => {
    second += 1;
    clock.set(new Date(Date.UTC(2026, 3, 1) + second * 1_000).toISOString());
  };

  const { kurs, clock } = withKurs({
    engine,
    clock: '2026-04-01T00:00:00Z',
    settings: { CBR_BASE_URL: 'http://127.0.0.1:9' },
    once: true,
  });

  /** Reference result: the newest day of a code; of several rates for one day, the last created or edited. */
  const expected = (made: readonly Made[], codes: readonly string[] | undefined, day: string) =>
    (codes ?? CODES).flatMap((code) => {
      const ofCode = made
        .filter((one) => one.code === code && one.day <= day)
        .sort((one, other) => one.day.localeCompare(other.day) || one.at - other.at);
      const current = ofCode.at(-1);
      if (!current) return [];
      const previous = ofCode.findLast((one) => one.day < current.day);
      return [[code, current.value, previous?.value ?? null]];
    });

  it('are the newest of each code, now and at any instant', async () => {
    const edits = kurs.get(RateEditsService);
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 12, maxLength: 12 }), async (deeds) => {
        let made: Made[] = [];
        const history: { asOf: Date | undefined; made: Made[] }[] = [];
        for (const [index, { what, code, day, which }] of deeds.entries()) {
          const value = `${index + 1}.5`;
          const one = made[which % Math.max(1, made.length)];
          nextInstant();
          if (what === 'create' || !one) {
            const rate = { code, name: code, value, effective_date: day };
            const { id } = await edits.create(rate, null);
            made = [...made, { id, code, day, value, at: index }];
          } else if (what === 'edit') {
            await edits.update(one.id, { value }, null);
            made = made.map((each) => (each === one ? { ...one, value, at: index } : each));
          } else {
            await edits.delete(one.id, null);
            made = made.filter((each) => each !== one);
          }
          history.push({ asOf: clock.now(), made });
        }
        nextInstant();
        history.push({ asOf: undefined, made });
        for (const { asOf, made: then } of history) {
          const { manual } = viewOf(kurs.get(RateBooks).current, asOf);
          for (const [day, codes] of DAYS.flatMap((each) =>
            LISTS.map((list) => [each, list] as const),
          )) {
            const found = [...manual.latest(day, codes)];
            const told = found.map(([code, { current, previous }]) => [
              ...[code, current.value, previous?.value ?? null],
            ]);
            expect([asOf, day, told.sort()]).toEqual([asOf, day, expected(then, codes, day)]);
          }
          const days = then.map(({ day }) => day).sort();
          expect(manual.firstDate(undefined)).toBe(days[0] ?? null);
        }
        for (const { id } of made) await edits.delete(id, null);
        nextInstant();
      }),
      { numRuns: 4, seed: Number(process.env.KURS_SEED ?? 1992_07_01) },
    );
  });

  it('exclude the rouble, which older databases may hold', async () => {
    const edits = kurs.get(RateEditsService);
    const day = '2026-03-01';
    nextInstant();
    for (const code of ['RUB', 'RUR', 'GOLD']) {
      const rate = { code, name: code, value: '9', effective_date: toCalendarDate(day) };
      await edits.create(rate, null);
    }
    nextInstant();
    for (const query of [`date=${day}`, `from=${day}&to=${day}`]) {
      for (const source of ['manual&codes=GOLD', 'manual', 'all&codes=GOLD', 'manual&quote=GOLD']) {
        const answer = await fetch(`${kurs.url}/v1/rates?${query}&source=${source}`);
        const rates = (await answer.json()) as { code: string }[];
        expect([answer.status, query, source]).toEqual([200, query, source]);
        const roubles = rates.filter(({ code }) => code.startsWith('RU'));
        expect(roubles.length).toBeLessThanOrEqual(source.endsWith('quote=GOLD') ? 1 : 0);
      }
    }
  });
});
