import type { Context, View } from './context.js';
import { element } from './elements/element.js';
import { backLink } from './elements/back-link.js';
import { currencyLink } from './address/links.js';
import { Problem } from './service/service.js';
import type { Currency } from './values/shapes.js';
import { suggestionsFor } from './finding/suggestions.js';

/** An address that names nothing. */
export class UnknownView implements View {
  readonly node: HTMLElement;
  readonly isUnknown = true;
  readonly title: string;

  constructor(context: Context) {
    const { words } = context.tongue;
    this.title = words.noSuchPage;
    const heading = element('h1', { tabindex: '-1' }, words.noSuchPage);
    const about = element('p', { class: 'about' }, words.noSuchPageHint);
    this.node = element('article', { class: 'unknown' }, backLink(context), heading, about);
  }

  update(): void {
    // Nothing on it depends on rates.
  }

  updateFavourites(): void {
    // Nor on favourites.
  }
}

/** Says that a code is unknown, with currencies that may have been meant. */
export async function unknownCurrency(context: Context, code: string): Promise<HTMLElement> {
  const { service, screen, tongue } = context;
  const { words, language } = tongue;
  const found = suggestionsFor(code, screen.former ?? (await currenciesOf(context)));
  const links = found.map(({ code: each, name, name_en: nameEn }) => {
    const text = language === 'en' ? (nameEn ?? name) : name;
    const link = element(
      'a',
      { href: currencyLink(service, each) },
      element('b', {}, each),
      ` ${text}`,
    );
    return element('li', {}, link);
  });
  return element(
    'section',
    { class: 'unknown' },
    element('h1', { tabindex: '-1' }, words.unknownCurrency(code)),
    element('p', { class: 'about' }, found.length > 0 ? words.didYouMean : words.noSuchPageHint),
    found.length > 0 && element('ul', { class: 'suggestions' }, ...links),
  );
}

async function currenciesOf({ service }: Context): Promise<Currency[]> {
  return service
    .get<Currency[]>('v1/currencies', { scope: 'all' })
    .catch((problem: unknown): Currency[] => {
      if (!(problem instanceof Problem)) throw problem;
      return [];
    });
}
