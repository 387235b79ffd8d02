import type { Context } from '../context.js';
import { element } from '../elements/element.js';
import { currencyLink } from '../address/links.js';
import type { Rate } from '../values/shapes.js';

/** A sheet as the bank prints it: its columns, its names, its order, and no digit changed. */
export class DayTable {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #sheet: string;

  /** `sheet`: date of the sheet; older rates are marked with theirs. */
  constructor(context: Context, rates: readonly Rate[], sheet: string) {
    this.#context = context;
    this.#sheet = sheet;
    const { words } = context.tongue;
    const { columns } = words;
    const head = (name: string, text: string) => element('th', { scope: 'col', class: name }, text);
    this.node = element(
      'table',
      { class: 'rates sheet' },
      element('caption', { class: 'unseen' }, words.tableCaption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head('number', words.numberColumn),
          head('code', columns.code),
          head('nominal', columns.nominal),
          head('name', columns.name),
          head('value', words.rateColumn),
        ),
      ),
      element('tbody', {}, ...asPublished(rates, sheet).map((rate) => this.#row(rate))),
    );
  }

  #row(rate: Rate): HTMLElement {
    const { service, tongue } = this.#context;
    const { words, days, language } = tongue;
    const { code, name, name_en: nameEn, num_code: number, nominal, value } = rate;
    const isOlder = rate.effective_date < this.#sheet;
    return element(
      'tr',
      { 'data-code': code },
      element('td', { class: 'number' }, number ?? ''),
      element(
        'th',
        { scope: 'row', class: 'code' },
        element('a', { href: currencyLink(service, code) }, code),
      ),
      element('td', { class: 'nominal' }, tongue.digits(nominal)),
      element(
        'td',
        { class: 'name' },
        language === 'en' ? (nameEn ?? name) : name,
        isOlder &&
          element('span', { class: 'badge' }, words.since(days.short(rate.effective_date))),
      ),
      element('td', { class: 'value' }, element('span', { class: 'digits' }, tongue.digits(value))),
    );
  }
}

/** In the order of the bank's IDs, which is that of its documents; older rates, set in no sheet, come last. */
export function asPublished(rates: readonly Rate[], sheet: string): Rate[] {
  const isOlder = (rate: Rate) => Number(rate.effective_date < sheet);
  return rates.toSorted((one, other) => {
    if (isOlder(one) !== isOlder(other)) return isOlder(one) - isOlder(other);
    return (one.cbr_id ?? '') < (other.cbr_id ?? '') ? -1 : 1;
  });
}
