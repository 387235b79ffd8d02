/** English groups by commas, with a point behind them or none: 1,234,567.89. */
const GROUPED_BY_COMMAS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_BY_POINTS = /^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$|^\d{1,3}(?:\.\d{3})+,\d+$/;
const AMOUNT = /^\d+(?:\.\d+)?$/;

/**
 * What a person has typed as a decimal of the service, `1234.56`; null where it is none. A comma is a point in
 * Russian, and in English where it cannot be one between thousands.
 */
export function amountIn(typed, language) {
  const text = typed.replace(/[\s\u00A0\u202F'’_]/g, '');
  const plain =
    language === 'en' && GROUPED_BY_COMMAS.test(text)
      ? text.replaceAll(',', '')
      : GROUPED_BY_POINTS.test(text)
        ? text.replaceAll('.', '').replace(',', '.')
        : text.replace(',', '.');
  const whole = plain.replace(/^\./, '0.').replace(/\.$/, '');
  return AMOUNT.test(whole) ? whole : null;
}
