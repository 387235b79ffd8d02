import type { Unit } from '../../src/database/unit.js';
import { RandomFactChanges } from './random-fact-changes.js';
import { RandomRateChanges } from './random-rate-changes.js';
import { RandomValues } from './random-values.js';
import type { Random } from './random.js';

type Kind = (unit: Unit) => Promise<void>;

/** Random changes of all data in a rate book. */
export class RandomChanges {
  private readonly kinds: readonly Kind[];

  constructor(private readonly random: Random) {
    const values = new RandomValues(random);
    const rates = new RandomRateChanges(values);
    const facts = new RandomFactChanges(values);
    this.kinds = [
      // Sheets are recorded most often.
      (unit) => rates.sheet(unit),
      (unit) => rates.sheet(unit),
      (unit) => rates.series(unit),
      (unit) => rates.correct(unit),
      (unit) => rates.edit(unit),
      (unit) => rates.remove(unit),
      (unit) => rates.create(unit),
      (unit) => rates.rename(unit),
      (unit) => facts.cover(unit),
      (unit) => facts.hold(unit),
      (unit) => facts.decide(unit),
      (unit) => facts.miss(unit),
      (unit) => facts.holdSheet(unit),
      (unit) => facts.moveHeldSheet(unit),
      (unit) => facts.withdraw(unit),
      (unit) => facts.document(unit),
      (unit) => facts.learn(unit),
    ];
  }

  async make(unit: Unit): Promise<void> {
    await this.random.of(this.kinds)(unit);
  }
}
