import type { Context, View } from '../context.js';
import { Converter } from './converter.js';
import { element } from '../elements/element.js';
import { currencyLink } from '../address/links.js';
import type { Preview } from '../paint-contract.js';
import { ROUBLE } from '../address/route.js';
import { backLink } from '../elements/back-link.js';
import { convertingWords } from '../language/converting.js';

/** The converter alone, with the conversion of the address. */
export class ConversionView implements View {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #converter: Converter;

  constructor(context: Context) {
    this.#context = context;
    this.#converter = new Converter(context, 'h1');
    const { from, to } = context.screen.converter;
    const [first = ROUBLE] = to.split(',');
    const [code, quote] = from === ROUBLE ? [first, from] : [from, first];
    const chart = element(
      'a',
      { href: currencyLink(context.service, code, quote) },
      context.tongue.words.chartOf(quote === ROUBLE ? code : `${code}/${quote}`),
    );
    const links = element('p', { class: 'links' }, chart);
    this.node = element('article', {}, backLink(context), this.#converter.node, links);
  }

  get title(): string {
    return this.#converter.sentence ?? convertingWords(this.#context.tongue).converter;
  }

  get description(): string | null {
    const words = convertingWords(this.#context.tongue);
    const { sentence } = this.#converter;
    return sentence === null ? null : words.conversionDescription(sentence, this.#converter.rates);
  }

  get preview(): Preview | null {
    return this.#converter.preview;
  }

  update(): void {
    this.#converter.update();
  }

  showStatus(): void {
    this.#converter.showStatus();
  }

  updateFavourites(): void {
    // The converter has none.
  }

  showFormer(): void {
    this.#converter.showFormer();
  }
}
