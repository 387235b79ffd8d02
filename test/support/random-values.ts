import { addDays, startOfMoscowDay, toCalendarDate } from '../../src/common/calendar-date.js';
import type { Unit } from '../../src/database/unit.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import type { Random } from './random.js';

/** Bank IDs of random rows. */
export const IDS = ['R01235', 'R01239', 'R01060'];

const FIRST = toCalendarDate('2020-01-01');

/** Random values for rows, as services write them. */
export class RandomValues {
  private nextInstant = Date.parse('2024-01-01T00:00:00Z');

  constructor(readonly random: Random) {}

  day() {
    return addDays(FIRST, this.random.whole(0, 1_999));
  }

  async freeDay(unit: Unit) {
    const last = await unit
      .select(RateEntity, 'rate')
      .where('rate.cbr_id IS NOT NULL')
      .orderBy('rate.effective_date', 'DESC')
      .limit(1)
      .getOne();
    return addDays(last?.effective_date ?? FIRST, 1 + this.random.whole(0, 2));
  }

  async anyRate(unit: Unit, source?: 'cbr'): Promise<RateEntity | undefined> {
    const rates = await unit
      .select(RateEntity, 'rate')
      .where(source ? { source } : {})
      .orderBy('rate.id')
      .getMany();
    return rates.length === 0 ? undefined : this.random.of(rates);
  }

  rate(cbr_id: string, effective_date: ReturnType<typeof addDays>): RateEntity {
    const recorded_at = this.instant();
    const created_at = this.random.next() < 0.5 ? recorded_at : startOfMoscowDay(effective_date);
    return {
      ...{ cbr_id, code: cbr_id, name: `Name ${cbr_id}`, nominal: 10 ** this.random.whole(0, 3) },
      ...{ value: this.value(), effective_date, source: 'cbr', created_at, recorded_at },
      ...{ updated_at: recorded_at, recorded_by: null, document_id: null },
    } as RateEntity;
  }

  value(): string {
    return `${1 + this.random.whole(0, 9998)}.${String(this.random.whole(0, 9999)).padStart(4, '0')}`;
  }

  ended(reason: 'correction' | 'edit' | 'delete') {
    const superseded_by = reason === 'correction' ? null : this.random.of([null, 'desk']);
    return { reason, superseded_at: this.instant(), superseded_by };
  }

  /** Sometimes repeats an instant. */
  instant(): Date {
    if (this.random.next() < 0.8) this.nextInstant += 1_000;
    return new Date(this.nextInstant);
  }
}
