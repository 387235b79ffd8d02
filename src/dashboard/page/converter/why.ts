import { element } from '../elements/element.js';
import type { Tongue } from '../language/tongue.js';
import type { Conversion } from '../values/shapes.js';
import { isRounded, ratesOf } from './results.js';
import { convertingWords } from '../language/converting.js';

/** Why these rates, and how the results follow from them. */
export function reasons(conversions: readonly Conversion[], tongue: Tongue): HTMLElement[] {
  const words = convertingWords(tongue);
  const { days } = tongue;
  const rates = ratesOf(conversions);
  const day = days.long(conversions[0]?.requested_date ?? '');
  // Rates of one sheet have one reason.
  const codes = new Map<string, string>();
  const why = rates.map(({ code, source, carried, effective_date: date }) => {
    const key = `${source} ${date}`;
    codes.set(key, [codes.get(key) ?? [], code].flat().join(', '));
    const say = source === 'manual' ? words.whyManual : carried ? words.whyCarried : words.whyOwn;
    return () => say(codes.get(key) ?? code, days.long(date), day);
  });
  const units = rates.flatMap(({ code, nominal }) =>
    nominal === 1 ? [] : [words.whyUnits(code, tongue.digits(nominal))],
  );
  const sentences = [
    ...new Set(why.map((say) => say())),
    ...(rates.some(({ provisional }) => provisional) ? [words.whyProvisional(day)] : []),
    ...units,
    ...(conversions.some((each) => each.rates.length > 1) ? [words.whyCross] : []),
    ...conversions.map((each) => formula(each, tongue)),
    ...(conversions.some(isRounded) ? [words.whyRounded] : []),
  ];
  return sentences.map((sentence) => element('p', {}, sentence));
}

/** `100 × 75,5270 ÷ (47,2649 ÷ 100) = 15 979,51 JPY` */
function formula(conversion: Conversion, tongue: Tongue): string {
  const digits = (text: string | number) => tongue.digits(text);
  const { amount, from, to, result, rounded, rates } = conversion;
  const step = (sign: string, code: string) => {
    const rate = rates.find((each) => each.code === code);
    if (!rate) return '';
    const { nominal, value } = rate;
    const price = digits(value);
    return ` ${sign} ${nominal === 1 ? price : `(${price} ÷ ${digits(nominal)})`}`;
  };
  const equals = isRounded(conversion) ? '≈' : '=';
  return `${digits(amount)}${step('×', from)}${step('÷', to)} ${equals} ${digits(rounded ?? result)} ${to}`;
}
