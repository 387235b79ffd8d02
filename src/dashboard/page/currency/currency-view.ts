import { Choices } from './choices.js';
import type { Context, View } from '../context.js';
import { CurrencyHeading } from './currency-heading.js';
import { element, fill } from '../elements/element.js';
import { failureText, tryAgain } from '../elements/figures.js';
import { Figures } from './figures-of-range.js';
import { historiesOf } from './history.js';
import type { Preview } from '../paint-contract.js';
import { PairHeading } from './pair-heading.js';
import { Periods } from './periods.js';
import { addressOf, type CurrencyRoute, ROUBLE, type Route } from '../address/route.js';
import { Latest } from '../service/latest.js';
import { nextTask } from '../service/next-task.js';
import { Problem } from '../service/service.js';
import { backLink } from '../elements/back-link.js';
import { unknownModule } from '../unknown-module.js';

/** View of one currency, or of a pair. */
export class CurrencyView implements View {
  readonly node: HTMLElement;
  readonly #context: Context;
  #route: CurrencyRoute;
  readonly #heading: CurrencyHeading | PairHeading;
  /** The code that has no rate, if one has none. */
  #unknown: string | null = null;
  readonly #periods: Periods;
  readonly #choices: Choices;
  readonly #figures: Figures;
  readonly #latest = new Latest();

  /** `context`: shared by all views. */
  constructor(context: Context, route: CurrencyRoute) {
    this.#context = context;
    this.#route = route;
    this.#heading =
      route.quote === ROUBLE
        ? new CurrencyHeading(context, route.code)
        : new PairHeading(context, route);
    this.#periods = new Periods(context, route);
    this.#choices = new Choices(context, route);
    this.#figures = new Figures(context, route, (span) =>
      context.go(addressOf({ ...this.#route, span })),
    );
    this.node = element(
      'article',
      { class: 'currency' },
      ...[backLink(context), this.#heading.node],
      ...[this.#periods.node, this.#choices.node, this.#figures.node],
    );
  }

  get title(): string {
    return this.#unknown === null
      ? this.#heading.title
      : this.#context.tongue.words.unknownCurrency(this.#unknown);
  }

  get description(): string | null {
    return this.#unknown === null ? this.#heading.description : null;
  }

  get preview(): Preview | null {
    return this.#heading.preview;
  }

  get isUnknown(): boolean {
    return this.#unknown !== null;
  }

  /** Shows another range of the same currency, or compares it with others. */
  turnTo(route: Route): boolean {
    if (route.name !== 'currency' || route.code !== this.#route.code) return false;
    if (route.quote !== this.#route.quote) return false;
    this.#route = route;
    this.update();
    return true;
  }

  async prepare(): Promise<void> {
    this.#choices.update(this.#route);
    await nextTask();
  }

  update(): void {
    this.#periods.begin(this.#route, this.#lastDay);
    this.#choices.update(this.#route);
    this.#heading.update();
    void this.#load();
  }

  updateFavourites(): void {
    this.#heading.update();
  }

  repaint(): void {
    this.#figures.repaint();
  }

  destroy(): void {
    this.#latest.end();
    this.#figures.destroy();
  }

  get #lastDay(): string | null {
    const { sheet, status } = this.#context.board;
    return sheet?.next ?? sheet?.day ?? status?.newest_effective_date ?? null;
  }

  async #load(): Promise<void> {
    const { board, service } = this.#context;
    const day = this.#lastDay;
    if (board.rows === null) return;
    const signal = this.#latest.begin();
    this.node.setAttribute('aria-busy', 'true');
    try {
      if (day !== null) {
        const histories = await historiesOf(service, this.#route, day, signal);
        this.#periods.update(this.#route, histories[0], day);
        await this.#figures.show(histories, this.#route);
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      this.#fail(problem);
    }
    this.node.removeAttribute('aria-busy');
  }

  #fail({ code }: Problem): void {
    if (code === 'rates.unknown_code') {
      void this.#showUnknown();
      return;
    }
    const said = failureText(code, this.#context.tongue);
    this.#figures.fail([`${said} `, tryAgain(this.#context.tongue, () => this.update())]);
  }

  /** Replaces the view by what the reader may have meant. */
  async #showUnknown(): Promise<void> {
    const { code, quote } = this.#route;
    const { board } = this.#context;
    const isKnown = board.rows?.some((row) => row.code === code) ?? false;
    this.#unknown = isKnown ? quote : code;
    const { unknownCurrency } = await unknownModule();
    fill(this.node, backLink(this.#context), await unknownCurrency(this.#context, this.#unknown));
    this.#context.keepTitle();
  }
}
