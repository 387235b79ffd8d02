import { addDays, type CalendarDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import {
  knownCurrencies,
  newestPublished,
  newestSheetDate,
  type PublishedFigure,
} from '../storage/index.js';
import { type CurrencyEntity, type Fixing, longestInForce } from '../model/index.js';
import type { DatedQuotation } from './jump.js';

/** What the bank said before a day, for the fixings of that day to be measured against. */
export class PreviousFixings {
  private constructor(
    /** By the bank's ID. */
    private readonly figures: ReadonlyMap<string, PublishedFigure>,
    private readonly currencies: ReadonlyMap<string, CurrencyEntity>,
    /** The newest day before of which anything is stored. */
    private readonly newest: CalendarDate | null,
  ) {}

  /** By default of all currencies. */
  static async before(
    unit: Unit,
    day: CalendarDate,
    codes?: readonly string[],
  ): Promise<PreviousFixings> {
    const before = addDays(day, -1);
    const figures = await newestPublished(unit, before, codes);
    const sheet = await newestSheetDate(unit, before);
    const dates = [...figures.values()].map(({ effective_date }) => effective_date);
    const newest = [...dates, ...(sheet === null ? [] : [sheet])].sort().at(-1) ?? null;
    return new PreviousFixings(figures, await knownCurrencies(unit), newest);
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

  get isEmpty(): boolean {
    return this.figures.size === 0;
  }

  /**
   * Whether figures of a day can be compared with those before: not across more days than the bank ever
   * goes without a sheet. Rates may have moved slowly on days that are not loaded.
   */
  reach(day: CalendarDate): boolean {
    return this.newest !== null && day <= longestInForce(this.newest);
  }

  /** Whether a currency that is known by a letter code comes under another one. */
  hasOtherCode({ cbr_id, code }: Fixing): boolean {
    const known = this.currencies.get(cbr_id)?.code;
    // Where nothing but the ID was known, it stood for the code.
    return known !== undefined && known !== cbr_id && known !== code;
  }
}
