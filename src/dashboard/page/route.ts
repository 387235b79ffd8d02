import { type Range, RANGES } from './series.js';

export type Route = { name: 'list' } | { name: 'currency'; code: string; range: Range };

const CURRENCY = /^#\/([A-Za-z0-9]{2,12})(?:\/(\w+))?$/;
/** Default range of a currency's page. */
const USUAL: Range = '1y';

/** Route of an address: the list, or a currency (`#/USD`, `#/USD/5y`). */
export function routeOf(hash: string): Route {
  const [, code, range = USUAL] = CURRENCY.exec(hash) ?? [];
  if (code === undefined) return { name: 'list' };
  return {
    name: 'currency',
    code: code.toUpperCase(),
    range: RANGES.find((each) => each === range) ?? USUAL,
  };
}

/** Address of a currency's page. */
export function currencyHash(code: string, range = USUAL): string {
  return range === USUAL ? `#/${code}` : `#/${code}/${range}`;
}
