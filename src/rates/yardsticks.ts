import { addDays, type CalendarDate } from '../common/calendar-date.js';
import type { Unit } from '../database/unit.js';
import { knownCurrencies } from './currency-book.js';
import type { CurrencyEntity } from './currency.entity.js';
import type { Fixing } from './daily-sheet.js';
import type { DatedQuotation } from './jump.js';
import { OfficialRates } from './official-rates.js';
import type { StoredVersion } from './stored-version.js';

/** What the bank said before a day, for the fixings of that day to be measured against. */
export class Yardsticks {
  private constructor(
    /** By the bank's ID. */
    private readonly figures: ReadonlyMap<string, StoredVersion>,
    private readonly currencies: ReadonlyMap<string, CurrencyEntity>,
  ) {}

  /** By default of all currencies. */
  static async before(
    unit: Unit,
    day: CalendarDate,
    codes?: readonly string[],
  ): Promise<Yardsticks> {
    const latest = await new OfficialRates(unit).latest(addDays(day, -1), { codes });
    const figures = new Map([...latest].map(([id, { current }]) => [id, current]));
    return new Yardsticks(figures, await knownCurrencies(unit));
  }

  /** The currency's last figure; of an ID that has none, the last one under its letter code. */
  of({ cbr_id, code }: Fixing): DatedQuotation | undefined {
    const ofCode = () =>
      [...this.figures.values()]
        .filter((figure) => figure.code === code)
        .sort((one, other) => (one.effective_date < other.effective_date ? -1 : 1))
        .at(-1);
    return this.figures.get(cbr_id) ?? ofCode();
  }

  /** Whether a currency that is known by a letter code comes under another one. */
  hasOtherCode({ cbr_id, code }: Fixing): boolean {
    const known = this.currencies.get(cbr_id)?.code;
    // Where nothing but the ID was known, it stood for the code.
    return known !== undefined && known !== cbr_id && known !== code;
  }
}
