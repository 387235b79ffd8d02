import type { Context, View } from '../context.js';
import { addDays } from '../values/days.js';
import { DayField } from './day-field.js';
import { DayTable } from './day-table.js';
import { element, fill } from '../elements/element.js';
import { explain, tryAgain } from '../elements/figures.js';
import type { Preview } from '../paint-contract.js';
import { previewOfDay } from '../preview.js';
import { addressOf, isDay } from '../address/route.js';
import { FIRST_DAY } from '../values/series.js';
import { Latest } from '../service/latest.js';
import { type DayOfRates, Problem } from '../service/service.js';
import { backLink } from '../elements/back-link.js';

/** The bank sets no rate for such a day, or not yet. */
const NEVER = ['rates.not_set', 'http.invalid_request'];

/** The bank's sheet that was in force on a day, as published. */
export class DayView implements View {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #day: string;
  readonly #about = element('div', { class: 'about' });
  readonly #steps = element('nav', { class: 'steps' });
  readonly #body = element('div');
  #rates: DayOfRates | null = null;
  /** The last day to which the steps lead. */
  #lastDay: string | null = null;
  #isUnknown = false;
  readonly #latest = new Latest();

  constructor(context: Context, day: string) {
    this.#context = context;
    this.#day = day;
    const { words, days } = context.tongue;
    const title = element('h1', { tabindex: '-1' }, words.heading(days.long(day)));
    const heading = element('header', { class: 'heading' }, title, this.#about);
    this.#steps.setAttribute('aria-label', words.otherDays);
    this.node = element(
      'article',
      { class: 'of-day' },
      ...[backLink(context), heading, this.#steps, this.#body],
    );
  }

  get title(): string {
    const { words, days } = this.#context.tongue;
    return words.heading(days.long(this.#day));
  }

  get description(): string {
    const { words, days } = this.#context.tongue;
    const rates = (this.#rates?.rates ?? []).flatMap(({ code, value, nominal }) => {
      const price = `${code} ${this.#context.tongue.digits(value)}`;
      return ['USD', 'EUR', 'CNY'].includes(code) && nominal === 1 ? [price] : [];
    });
    return words.dayDescription(days.long(this.#day), rates.join(', '));
  }

  get preview(): Preview {
    return previewOfDay(this.#rates?.rates ?? [], this.#day);
  }

  get isUnknown(): boolean {
    return this.#isUnknown;
  }

  update(): void {
    this.#showSteps();
    void this.#load();
  }

  showStatus(): void {
    // The reader may have the field open.
    if (this.#context.board.lastDay === this.#lastDay) return;
    this.#showSteps();
    // A later day has an answer once no other sheet can follow.
    if (this.#isUnknown) void this.#load();
  }

  updateFavourites(): void {
    // The sheet is shown as published.
  }

  async #load(): Promise<void> {
    const { service } = this.#context;
    const signal = this.#latest.begin();
    try {
      this.#rates = await service.rates({ source: 'cbr', date: this.#day }, signal);
      this.#show(this.#rates);
      this.#isUnknown = false;
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      const { words, days } = this.#context.tongue;
      const said =
        problem.code === 'rates.not_set'
          ? [words.notSetDay(problem.lastDate && days.long(problem.lastDate))]
          : problem.code === 'http.invalid_request'
            ? [words.tooLate]
            : explain(problem, { sentence: words.dayNotLoaded, tongue: this.#context.tongue });
      this.#isUnknown = NEVER.includes(problem.code);
      const isGone = this.#isUnknown || problem.code === 'rates.not_loaded';
      const again = !isGone && tryAgain(this.#context.tongue, () => void this.#load());
      fill(this.#about);
      fill(this.#body, element('p', { class: 'trouble' }, ...said, ' ', again));
    }
    this.#context.keepTitle();
  }

  #show({ rates, notLoaded }: DayOfRates): void {
    const { tongue } = this.#context;
    const { words, days } = tongue;
    const dates = rates.map(({ effective_date: date }) => date).sort();
    const sheet = dates.at(-1) ?? this.#day;
    const about = sheet === this.#day ? words.sheetOfDay : words.carriedOnDay(days.weekday(sheet));
    const gaps = notLoaded.length > 0 && element('p', {}, words.notLoaded(notLoaded.join(', ')));
    fill(this.#about, element('p', {}, about), gaps);
    const table = new DayTable(this.#context, rates, sheet);
    fill(this.#body, table.node, this.#downloads(sheet));
  }

  /** Days before and after, and any other. */
  #showSteps(): void {
    const { service, board, tongue } = this.#context;
    const { words, days } = tongue;
    const last = board.lastDay;
    this.#lastDay = last;
    const step = (day: string, text: string, rel: string) => {
      const isThere = isDay(day) && day >= FIRST_DAY && (last === null || day <= last);
      const href = service.address(addressOf({ name: 'day', day }));
      return isThere && element('a', { href, rel }, text);
    };
    const [before, after] = [addDays(this.#day, -1), addDays(this.#day, 1)];
    fill(
      this.#steps,
      step(before, `← ${days.short(before)}`, 'prev'),
      new DayField(this.#context, this.#day).node,
      step(after, `${days.short(after)} →`, 'next'),
      element('span', { class: 'unseen' }, words.otherDays),
    );
  }

  #downloads(sheet: string): HTMLElement {
    const { service, tongue } = this.#context;
    const { words, days } = tongue;
    const link = (href: string, download: string, text: string) =>
      element('a', { class: 'download', href, download }, text);
    const day = this.#day;
    return element(
      'p',
      { class: 'links' },
      link(service.address('v1/rates.csv', { date: day }), `cbr-${day}.csv`, words.download),
      ' ',
      link(
        service.address('v1/rates.xlsx', { date: day, lang: tongue.language }),
        `kurs-${day}.xlsx`,
        words.downloadWorkbook,
      ),
      ' ',
      link(
        service.address(`v1/sheets/${sheet}.xml`),
        `cbr-${sheet}.xml`,
        words.downloadDocument(days.short(sheet)),
      ),
    );
  }
}
