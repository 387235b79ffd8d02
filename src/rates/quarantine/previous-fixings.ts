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

/** The bank's figures before a day, which fixings of that day are compared with. */
export class PreviousFixings {
  private constructor(
    /** By the bank's ID. */
    private readonly figures: ReadonlyMap<string, PublishedFigure>,
    private readonly currencies: ReadonlyMap<string, CurrencyEntity>,
    /** Newest stored day before. */
    private readonly newest: CalendarDate | null,
  ) {}

  /** By default for all currencies. */
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

  /** The currency's last figure; for an ID without one, the last figure of its letter code. */
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
   * Whether figures of a day are comparable with previous ones: not across a gap longer than the bank's longest, as
   * rates may have changed slowly on days that are not loaded.
   */
  reach(day: CalendarDate): boolean {
    return this.newest !== null && day <= longestInForce(this.newest);
  }

  /** Whether the fixing has another letter code than the stored currency. */
  hasOtherCode({ cbr_id, code }: Fixing): boolean {
    const known = this.currencies.get(cbr_id)?.code;
    // If only the ID was known, the ID served as the code.
    return known !== undefined && known !== cbr_id && known !== code;
  }
}
