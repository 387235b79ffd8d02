import type { Context } from '../context.js';
import { element } from '../elements/element.js';
import { manualBadge } from '../elements/figures.js';
import { addressOf } from '../address/route.js';
import type { Tongue } from '../language/tongue.js';
import type { Conversion } from '../values/shapes.js';
import { convertingWords } from '../language/converting.js';
import { compare } from '../values/decimal.js';

type Used = Conversion['rates'][number];

/** Rates of conversions, each once. */
export function ratesOf(conversions: readonly Conversion[]): Used[] {
  return [...new Map(conversions.flatMap(({ rates }) => rates).map((r) => [r.code, r])).values()];
}

/** `100 JPY = 47,2649 ₽, по курсу от 25 апреля 2026 г.` */
function rateUsed(rate: Used, tongue: Tongue): { price: string; since: string } {
  const words = convertingWords(tongue);
  const { days } = tongue;
  const { code, nominal, value, effective_date: date, carried } = rate;
  const price = `${tongue.digits(nominal)} ${code} = ${tongue.digits(value)} ${words.roubles}`;
  return { price: `${price}, `, since: words.ratesUsed(days.long(date), carried) };
}

/** The rates that were used, with links to their sheets. */
export function usedRates(conversions: readonly Conversion[], context: Context): HTMLElement {
  const { service, tongue } = context;
  const items = ratesOf(conversions).map((rate) => {
    const { price, since } = rateUsed(rate, tongue);
    const href = service.address(addressOf({ name: 'day', day: rate.effective_date }));
    const isManual = rate.source === 'manual';
    const link = isManual ? since : element('a', { href }, since);
    return element('li', {}, price, link, manualBadge(tongue, rate));
  });
  return element('ul', { class: 'used' }, ...items);
}

/** The same as text. */
export function ratesText(conversions: readonly Conversion[], tongue: Tongue): string {
  return ratesOf(conversions)
    .map((rate) => Object.values(rateUsed(rate, tongue)).join(''))
    .join('; ');
}

/** `85,70 EUR` */
export function resultText({ result, rounded, to }: Conversion, tongue: Tongue): string {
  return `${tongue.digits(rounded ?? result)} ${to}`;
}

/** A result, and its exact figure if it is rounded. */
export function resultOf(conversion: Conversion, tongue: Tongue): HTMLElement {
  const { result, rounded, to } = conversion;
  const digits = element('b', { class: 'digits' }, tongue.digits(rounded ?? result));
  const exact = element(
    'p',
    { class: 'exact' },
    convertingWords(tongue).exactly(tongue.digits(result)),
  );
  const line = element('p', { class: 'result' }, digits, ` ${to}`);
  return element('div', {}, line, isRounded(conversion) && exact);
}

/** Whether the result has more digits than are shown first. */
export function isRounded({ result, rounded }: Conversion): boolean {
  return rounded !== null && compare(rounded, result) !== 0;
}
