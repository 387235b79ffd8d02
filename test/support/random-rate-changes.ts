import { addDays } from '../../src/common/calendar-date.js';
import type { Unit } from '../../src/database/unit.js';
import { CurrencyEntity } from '../../src/rates/model/currency.entity.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { keepRevision } from '../../src/rates/model/rate-revision.entity.js';
import { IDS, type RandomValues } from './random-values.js';

/** Random changes of rates, written as by services. */
export class RandomRateChanges {
  private readonly random;

  constructor(private readonly values: RandomValues) {
    this.random = values.random;
  }

  async sheet(unit: Unit): Promise<void> {
    const day = await this.values.freeDay(unit);
    const ids = IDS.filter(() => this.random.next() < 0.9);
    await unit.insert(
      RateEntity,
      ids.map((id) => this.values.rate(id, day)),
    );
  }

  /** Consecutive days of one currency, anywhere. */
  async series(unit: Unit): Promise<void> {
    const id = this.random.of(IDS);
    const start = this.values.day();
    const known = await unit.select(RateEntity, 'rate').where({ cbr_id: id }).getMany();
    const taken = new Set(known.map(({ effective_date }) => effective_date));
    const days = Array.from({ length: 1 + this.random.whole(0, 29) }, (_, index) =>
      addDays(start, index),
    );
    const rows = days.filter((day) => !taken.has(day)).map((day) => this.values.rate(id, day));
    await unit.insert(RateEntity, rows);
  }

  async correct(unit: Unit): Promise<void> {
    const rate = await this.values.anyRate(unit, 'cbr');
    if (!rate) return;
    await keepRevision(unit, rate, this.values.ended('correction'));
    const news = { value: this.values.value(), recorded_at: this.values.instant() };
    await unit.update(RateEntity, { id: rate.id }, news);
  }

  async edit(unit: Unit): Promise<void> {
    const rate = await this.values.anyRate(unit);
    if (!rate) return;
    await keepRevision(unit, rate, this.values.ended('edit'));
    const news = {
      value: this.values.value(),
      source: 'manual' as const,
      recorded_at: this.values.instant(),
    };
    await unit.update(RateEntity, { id: rate.id }, news);
  }

  async remove(unit: Unit): Promise<void> {
    const rate = await this.values.anyRate(unit);
    if (!rate) return;
    await keepRevision(unit, rate, this.values.ended('delete'));
    await unit.delete(RateEntity, { id: rate.id });
  }

  async create(unit: Unit): Promise<void> {
    const day = this.values.day();
    const code = this.random.of(['USD', 'GOLD']);
    const rate = { ...this.values.rate('', day), cbr_id: null, code, source: 'manual' as const };
    await unit.insert(RateEntity, [rate as RateEntity]);
  }

  async rename(unit: Unit): Promise<void> {
    const cbr_id = this.random.of(IDS);
    const name = `Name ${this.random.whole(0, 999)}`;
    await unit.delete(CurrencyEntity, { cbr_id });
    const currency = { cbr_id, code: cbr_id, name, name_en: null, num_code: null };
    await unit.insert(CurrencyEntity, [currency]);
    const rate = await this.values.anyRate(unit);
    if (rate) await unit.update(RateEntity, { id: rate.id }, { name });
  }
}
