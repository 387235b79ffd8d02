import { addressOf, ROUBLE } from './route.js';
import type { Service } from '../service/service.js';

/** Address of the page of a currency, or of a pair. */
export function currencyLink(service: Service, code: string, quote = ROUBLE): string {
  return service.address(addressOf({ name: 'currency', code, quote, span: null }));
}
