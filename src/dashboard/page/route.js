import { RANGES } from './series.js';

const CURRENCY = /^#\/([A-Za-z0-9]{2,12})(?:\/(\w+))?$/;
/** Default range of a currency's page. */
const USUAL = '1y';

/** Route of an address: the list, or a currency (`#/USD`, `#/USD/5y`). */
export function routeOf(hash) {
  const [, code, range = USUAL] = CURRENCY.exec(hash) ?? [];
  if (code === undefined) return { name: 'list' };
  return {
    name: 'currency',
    code: code.toUpperCase(),
    range: RANGES.includes(range) ? range : USUAL,
  };
}

/** Address of a currency's page. */
export function currencyHash(code, range = USUAL) {
  return range === USUAL ? `#/${code}` : `#/${code}/${range}`;
}
