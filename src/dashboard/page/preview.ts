import { USUAL } from './finding/sort-keys.js';
import type { Preview } from './paint-contract.js';
import type { Rate } from './values/shapes.js';

/** Picture of one rate. */
export function previewOf({ code, nominal, value, effective_date: note }: Rate): Preview {
  return { lines: [nominal === 1 ? code : `${nominal} ${code}`, `${value} ₽`], note };
}

/** Picture of a day: the currencies that most readers look for. */
export function previewOfDay(rates: readonly Rate[], day: string): Preview {
  const lines = USUAL.flatMap((code) => rates.filter((rate) => rate.code === code)).map(
    ({ code, nominal, value }) => `${nominal === 1 ? '' : `${nominal} `}${code} ${value} ₽`,
  );
  return { lines, note: day };
}
