import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { columnsOf, RowWriter } from '../../common/row-writer.js';
import { type CurrencyEntity, minorUnitOf, UnknownCodeError } from '../model/index.js';
import { CurrencySummary } from './currency-summary.dto.js';
import { ratesInForce } from './rates-in-force.js';
import { RequestedDays } from './requested-day.js';

export const CURRENCY_WRITER = new RowWriter(columnsOf(CurrencySummary));

/** A currency with the days of its first and last stored fixing. */
interface CurrencyWithDates extends CurrencyEntity {
  first_date: CalendarDate | null;
  last_date: CalendarDate | null;
}

/** Lists currencies that the bank sets or has set. */
@Injectable()
export class CurrenciesService {
  constructor(private readonly days: RequestedDays) {}

  /** All known currencies, by code. IDs that share a code are one currency. */
  all(): CurrencySummary[] {
    const today = this.days.resolve(undefined, undefined);
    const { rates } = ratesInForce(today, 'cbr', undefined);
    const byCode = new Map<string, [CurrencyWithDates, ...CurrencyWithDates[]]>();
    for (const each of today.known.currencies.all) {
      const { first: first_date, last: last_date } = today.known.official.edges(each.cbr_id);
      const currency = { ...each, first_date, last_date };
      const others = byCode.get(currency.code);
      byCode.set(currency.code, others ? [...others, currency] : [currency]);
    }
    return [...byCode]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([code, ids]) => summaryOf(code, ids, rates.has(code)));
  }

  /** @throws UnknownCodeError */
  one(code: string): CurrencySummary {
    const found = this.all().find((currency) => currency.code === code);
    if (!found) throw new UnknownCodeError(code);
    return found;
  }
}

function summaryOf(
  code: string,
  ids: [CurrencyWithDates, ...CurrencyWithDates[]],
  set_today: boolean,
): CurrencySummary {
  const lasts = ids.map(({ last_date }) => last_date).filter((date) => date !== null);
  const firsts = ids.map(({ first_date }) => first_date).filter((date) => date !== null);
  const last_date = lasts.sort().at(-1) ?? null;
  // Names and number come from the ID that was set last.
  const { name, name_en, num_code } =
    ids.find((currency) => currency.last_date === last_date) ?? ids[0];
  return {
    ...{ code, name, name_en, num_code },
    minor_unit: minorUnitOf(code),
    cbr_ids: ids.map(({ cbr_id }) => cbr_id),
    first_date: firsts.sort()[0] ?? null,
    last_date,
    set_today,
  };
}
