import { amountIn } from '../values/amount.js';
import type { Context } from '../context.js';
import { ConverterForm } from './converter-form.js';
import { type Children, element, fill } from '../elements/element.js';
import { failureText, tryAgain, withCommand } from '../elements/figures.js';
import type { Preview } from '../paint-contract.js';
import { addressOf } from '../address/route.js';
import { Latest } from '../service/latest.js';
import { Problem } from '../service/service.js';
import type { Conversion } from '../values/shapes.js';
import { ratesText, resultOf, resultText, usedRates } from './results.js';
import { reasons } from './why.js';
import { convertingWords } from '../language/converting.js';

/** Debounces typing, in milliseconds. */
const PAUSE_MS = 150;

/** Converts an amount on a day to one currency or several. The service calculates; this only shows the result. */
export class Converter {
  readonly node: HTMLElement;
  readonly #context: Context;
  readonly #form: ConverterForm;
  readonly #answer = element('div', { class: 'answer', role: 'status' });
  readonly #why = element('div');
  readonly #fold: HTMLElement;
  readonly #share = element('p', { class: 'share' });
  /** Conversions in the answer. */
  #shown: readonly Conversion[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #latest = new Latest();

  /** `heading`: the element of its title. */
  constructor(context: Context, heading: 'h1' | 'h2' = 'h2') {
    this.#context = context;
    const words = convertingWords(context.tongue);
    this.#form = new ConverterForm(context, () => {
      this.#keepRoute();
      this.#askSoon();
    });
    this.#fold = element('details', { class: 'why' }, element('summary', {}, words.why), this.#why);
    this.#fold.hidden = true;
    this.node = element(
      'section',
      { class: 'converter', 'aria-labelledby': 'converter-title' },
      element(heading, { id: 'converter-title', tabindex: '-1' }, words.converter),
      this.#form.node,
      this.#answer,
      this.#fold,
      this.#share,
    );
  }

  /** Updates after a change of rates, and possibly of currencies. */
  update(): void {
    this.#form.update();
    void this.#ask();
  }

  /** The last day depends on it. */
  showStatus(): void {
    this.#form.showLastDay();
  }

  /** Adds currencies that are no longer set. */
  showFormer(): void {
    this.#form.update();
  }

  /** `100 USD = 92,34 EUR; 684,65 CNY`; null until there is an answer. */
  get sentence(): string | null {
    const { tongue } = this.#context;
    const question = this.#question;
    if (question === null) return null;
    return `${question} ${this.#shown.map((each) => resultText(each, tongue)).join('; ')}`;
  }

  /** Picture of the answer. */
  get preview(): Preview | null {
    const [first] = this.#shown;
    if (!first) return null;
    const lines = this.#shown.map(({ result, rounded, to }) => `${rounded ?? result} ${to}`);
    return { lines: [`${first.amount} ${first.from} =`, ...lines], note: first.requested_date };
  }

  /** Rates of the answer. */
  get rates(): string {
    return ratesText(this.#shown, this.#context.tongue);
  }

  get #question(): string | null {
    const [first] = this.#shown;
    return first ? `${this.#context.tongue.digits(first.amount)} ${first.from} =` : null;
  }

  /** The address of a conversion names it; that of the list has it among its choices. */
  #keepRoute(): void {
    const { screen, keepAddress, tongue } = this.#context;
    const { amount: typed, from, to, date } = screen.converter;
    const amount = amountIn(typed, tongue.language);
    if (screen.route.name === 'conversion' && amount !== null) {
      screen.route = { name: 'conversion', amount, from, to, date };
    }
    keepAddress();
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const signal = this.#latest.begin();
    const { screen, tongue } = this.#context;
    const { amount: typed, from, to } = screen.converter;
    const amount = amountIn(typed, tongue.language);
    this.#form.markAmount(amount !== null);
    const targets = to.split(',').filter((code) => code !== from);
    if (amount === null) this.#say([[convertingWords(tongue).badAmount]]);
    else if (targets.length === 0) this.#say([[convertingWords(tongue).sameCurrency]]);
    else await this.#convert(amount, targets, signal);
  }

  async #convert(amount: string, targets: readonly string[], signal: AbortSignal): Promise<void> {
    const { service, screen } = this.#context;
    const { from, date } = screen.converter;
    const ask = async (to: string) => {
      const wish = { amount, from, to, date, source: 'all' };
      return service.get<Conversion>('v1/convert', wish, signal).catch((problem: unknown) => {
        if (problem instanceof Problem) return problem;
        throw problem;
      });
    };
    try {
      const answers = await Promise.all(targets.map(ask));
      const found = answers.flatMap((answer) => (answer instanceof Problem ? [] : [answer]));
      const failed = answers.filter((answer) => answer instanceof Problem);
      // A day or the first currency fails for all targets in the same words.
      const said = new Map(failed.map((problem) => [problem.message, this.#explain(problem)]));
      if (found.length > 0) this.#show(found, amount, [...said.values()]);
      else this.#say([...said.values()]);
    } catch (thrown) {
      if (signal.aborted) return;
      // The shown result belongs to an older request.
      this.#say([]);
      throw thrown;
    }
  }

  #show(conversions: readonly Conversion[], amount: string, troubles: readonly Children[]): void {
    const { tongue, keepTitle } = this.#context;
    this.#shown = conversions;
    fill(
      this.#answer,
      element('p', { class: 'question' }, this.#question),
      ...conversions.map((each) => resultOf(each, tongue)),
      ...troubles.map(trouble),
      usedRates(conversions, this.#context),
    );
    fill(this.#why, ...reasons(conversions, tongue));
    this.#fold.hidden = false;
    this.#showShare(amount);
    keepTitle();
  }

  /** Link to the address of this conversion. */
  #showShare(amount: string): void {
    const { service, screen, tongue } = this.#context;
    const { from, to, date } = screen.converter;
    const href = service.address(addressOf({ name: 'conversion', amount, from, to, date }));
    const link = element('a', { href }, convertingWords(tongue).shareConversion);
    fill(this.#share, screen.route.name === 'list' && link);
  }

  #explain({ code, command, lastDate }: Problem): Children {
    const { board, screen, tongue } = this.#context;
    const words = convertingWords(tongue);
    const { days } = tongue;
    if (code === 'rates.not_loaded') return withCommand(words.notLoadedDay, command, tongue);
    if (code === 'rates.not_set') return [words.notSetDay(lastDate && days.long(lastDate))];
    // A sheet for a later day may still come.
    if (screen.converter.date > (board.newestDay ?? '')) return [words.tooLate];
    if (code === 'http.invalid_request') return [words.longAmount];
    return [`${failureText(code, tongue)} `, tryAgain(tongue, () => void this.#ask())];
  }

  /** Shows what stands in place of a result. */
  #say(troubles: readonly Children[]): void {
    this.#shown = [];
    fill(this.#answer, ...troubles.map(trouble));
    this.#fold.hidden = true;
    fill(this.#share);
    this.#context.keepTitle();
  }
}

function trouble(children: Children): HTMLElement {
  return element('p', { class: 'trouble' }, ...children);
}
