import type { Context, View } from '../context.js';
import { Converter } from '../converter/converter.js';
import { element } from '../elements/element.js';
import { Headlines } from './headlines.js';
import { nextTask } from '../service/next-task.js';
import { RatesTable } from './rates-table.js';
import type { Change } from '../values/shapes.js';
import { SheetHeading } from './sheet-heading.js';

/** Start view: the sheet, headlines, the table and the converter. */
export class ListView implements View {
  readonly node: HTMLElement;
  readonly title = null;
  readonly #context: Context;
  readonly #heading: SheetHeading;
  readonly #headlines: Headlines;
  readonly #table: RatesTable;
  readonly #converter: Converter;
  readonly #parts: readonly HTMLElement[];

  /** `context`: shared by all views. */
  constructor(context: Context) {
    this.#context = context;
    this.#heading = new SheetHeading(context);
    this.#headlines = new Headlines(context);
    this.#table = new RatesTable(context);
    this.#converter = new Converter(context);
    const aside = element('div', { class: 'aside' }, this.#converter.node);
    this.#parts = [this.#headlines.node, this.#table.node, aside];
    const body = element('div', { class: 'body' }, ...this.#parts);
    this.node = element('div', { class: 'overview' }, this.#heading.node, body);
  }

  async prepare(): Promise<void> {
    if ((this.#context.board.rows ?? []).length === 0) return;
    this.#heading.update();
    await nextTask();
    this.#headlines.update();
    await nextTask();
    await this.#table.prepare();
  }

  update(changes: readonly Change[]): void {
    const { board } = this.#context;
    this.#heading.update();
    const hasRows = (board.rows ?? []).length > 0;
    for (const part of this.#parts) part.hidden = !hasRows;
    if (!hasRows) return;
    this.#headlines.update();
    this.#table.update(changes);
    this.#converter.update();
  }

  /** Favourites changed; rates did not. */
  updateFavourites(): void {
    if ((this.#context.board.rows ?? []).length === 0) return;
    this.#headlines.update();
    this.#table.update();
  }

  showStatus(): void {
    this.#heading.update();
    this.#converter.showStatus();
  }

  showLines(): void {
    this.#heading.update();
    this.#headlines.update();
    void this.#table.showLines();
  }

  showFormer(): void {
    this.#converter.showFormer();
  }
}
