import { Req, UseFilters } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { ShortAnswer } from '../../http/answers/index.js';
import { ROUBLE_NAMES } from '../../rates/model/index.js';
import { CurrenciesService } from '../../rates/reading/index.js';
import { MirrorController, queryValue } from '../answers/index.js';
import { FrankfurterRoute } from './frankfurter-route.js';
import { ROUBLE } from './cross-rates.js';
import { FrankfurterFilter } from './frankfurter.filter.js';
import { PROVIDER } from './query-values.js';

interface Listed {
  iso_code: string;
  iso_numeric: string | null;
  name: string;
  symbol: string | null;
  start_date: string | null;
  end_date: string | null;
}

/** What Frankfurter lists: currencies and providers. */
@MirrorController('mirror: Frankfurter')
@UseFilters(FrankfurterFilter)
export class FrankfurterListsController {
  constructor(private readonly currencies: CurrenciesService) {}

  /** English names of the currencies that are set today, by code. */
  @FrankfurterRoute('frankfurter/v1/currencies')
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  getFrankfurterV1Currencies(): ShortAnswer {
    const names = this.listed(false).map(({ iso_code, name }) => [iso_code, name] as const);
    return json(Object.fromEntries<string>(names));
  }

  /** Currencies that are set today; with `scope=all` also those that were. */
  @FrankfurterRoute('v2/currencies')
  @ApiOkResponse({
    content: { 'application/json': { schema: { type: 'array', items: { type: 'object' } } } },
  })
  getFrankfurterCurrencies(@Req() request: Request): ShortAnswer {
    const providers = queryValue(request, 'providers')?.toUpperCase().split(',');
    if (providers) return json(providers.includes(PROVIDER) ? this.listed(true) : []);
    return json(this.listed(queryValue(request, 'scope') === 'all'));
  }

  /** The only provider: the Bank of Russia. */
  @FrankfurterRoute('v2/providers')
  @ApiOkResponse({
    content: { 'application/json': { schema: { type: 'array', items: { type: 'object' } } } },
  })
  getFrankfurterProviders(): ShortAnswer {
    const all = this.listed(true);
    const rouble = all.find(({ iso_code }) => iso_code === ROUBLE);
    const provider = {
      key: PROVIDER,
      name: 'Bank of Russia',
      country_code: 'RU',
      rate_type: 'official',
      pivot_currency: ROUBLE,
      data_url: 'https://www.cbr.ru/eng/currency_base/daily/',
      terms_url: null,
      start_date: rouble?.start_date ?? null,
      end_date: rouble?.end_date ?? null,
      publish_cadence: 'daily',
      publishes_missed: 0,
      currencies: all.map(({ iso_code }) => iso_code),
    };
    return json([provider]);
  }

  private listed(withPast: boolean): Listed[] {
    const all = this.currencies.all();
    const [start, end] = [edge(all, 'first_date'), edge(all, 'last_date')];
    const { name_en, num_code } = ROUBLE_NAMES.RUB;
    const rouble = { code: ROUBLE, name_en, name: name_en, num_code, set_today: true };
    return [...all, { ...rouble, first_date: start, last_date: end }]
      .filter(({ first_date, set_today }) => set_today || (withPast && first_date !== null))
      .sort((one, other) => (one.code < other.code ? -1 : 1))
      .map((each) => ({
        iso_code: each.code,
        iso_numeric: each.num_code,
        name: each.name_en ?? each.name,
        symbol: symbolOf(each.code),
        start_date: each.first_date,
        end_date: each.last_date,
      }));
  }
}

function edge(
  all: readonly Record<'first_date' | 'last_date', string | null>[],
  side: 'first_date' | 'last_date',
) {
  const dates = all.flatMap((each) => each[side] ?? []).sort();
  return (side === 'first_date' ? dates[0] : dates.at(-1)) ?? null;
}

/** `€`; null where the Unicode locale data have none. */
function symbolOf(currency: string): string | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const parts = new Intl.NumberFormat('en', style).formatToParts(1);
  const symbol = parts.find(({ type }) => type === 'currency')?.value;
  return symbol === undefined || symbol === currency ? null : symbol;
}

function json(value: object): ShortAnswer {
  return new ShortAnswer(Buffer.from(JSON.stringify(value)), 'application/json; charset=utf-8');
}
