import type { Context } from '../context.js';
import { element } from '../elements/element.js';
import { isOnThisMachine } from '../elements/figures.js';
import type { EmbedLines } from './embed-lines.js';

/** The rates that a view shows, as other sites may show them. Few readers open it: its lines are loaded then. */
export class EmbedFold {
  readonly node: HTMLDetailsElement;
  readonly #context: Context;
  #lines: EmbedLines | undefined;

  constructor(context: Context) {
    this.#context = context;
    this.node = element(
      'details',
      { class: 'embed', ontoggle: () => void this.#showLines() },
      element('summary', {}, context.tongue.words.embed),
    );
  }

  update(): void {
    this.#lines?.update();
  }

  close(): void {
    this.node.open = false;
  }

  /** Where it is switched off, the operator alone reads how to allow it. The service paints none: it needs a script. */
  showWhere(isUnknown: boolean): void {
    const { isEmbeddable, screen } = this.#context;
    const isAllowed = (isEmbeddable && 'location' in globalThis) || isOnThisMachine();
    const isOfRates = ['list', 'currency'].includes(screen.route.name) && !isUnknown;
    this.node.hidden = !isAllowed || !isOfRates;
  }

  async #showLines(): Promise<void> {
    const { EmbedLines } = await import('./embed-lines.js');
    this.#lines ??= new EmbedLines(this.#context);
    this.#lines.update();
    this.node.append(this.#lines.node);
  }
}
