import { Board } from './service/board.js';
import type { Shared } from './context.js';
import { element, makeElementsIn } from './elements/element.js';
import { freshScreen } from './address/list-state.js';
import { Page } from './page.js';
import {
  type FirstAnswer,
  type FirstAnswers,
  isProblem,
  type Painted,
  type Painter,
  type PaintRequest,
} from './paint-contract.js';
import { markupIn, PLAIN_DOCUMENT } from './elements/plain-document.js';
import { addressOf, type Route, routeOf } from './address/route.js';
import { type Answer, Problem, Service, type Transport } from './service/service.js';
import { Settings } from './service/settings.js';
import { loadWords } from './language/words.js';
import { unknownModule } from './unknown-module.js';
import { loadView, modulesOf } from './views.js';

/** Asks the service in its own process. What it cannot answer is never answered: the script will ask for it. */
class InProcess implements Transport {
  readonly #answers = new Map<string, FirstAnswer | undefined>();
  readonly #read: PaintRequest['read'];

  constructor(read: PaintRequest['read']) {
    this.#read = read;
  }

  isAtHand(target: string): boolean {
    return this.#answerTo(target) !== undefined;
  }

  ask(target: string): Promise<Answer> {
    const answer = this.#answerTo(target);
    if (answer === undefined) return new Promise(() => undefined);
    return isProblem(answer)
      ? Promise.reject(new Problem(answer.problem))
      : Promise.resolve(answer);
  }

  /** What was at hand: the views ask for all of it. */
  get answers(): FirstAnswers {
    const known = [...this.#answers].flatMap(([target, answer]) =>
      answer === undefined ? [] : [[target, answer] as const],
    );
    return Object.fromEntries(known);
  }

  /** Reads each target once: at midnight a second reading may have another result. */
  #answerTo(target: string): FirstAnswer | undefined {
    if (!this.#answers.has(target)) this.#answers.set(target, this.#read(target));
    return this.#answers.get(target);
  }
}

/** Paints the page in the service, with the same views: the reader sees rates before any script runs. */
export const painter: Painter = {
  async paint({ path, query, language, root, isDemo, isEmbeddable, read }): Promise<Painted> {
    makeElementsIn(PLAIN_DOCUMENT);
    const transport = new InProcess(read);
    const service = new Service(root, transport);
    const board = new Board(service);
    const route = routeOf(path, query);
    await Promise.all([loadWords(language), loadView(route.name), unknownModule()]);
    const context: Shared = {
      ...{ board, service, isDemo, isEmbeddable, screen: freshScreen(route, query) },
      settings: new Settings(null, language),
      go: () => undefined,
      keepAddress: () => undefined,
      keepTitle: () => undefined,
    };
    await board.begin();
    const page = new Page(context);
    const body = element('body');
    page.putInto(body, element('p', { class: 'news', role: 'status' }));
    page.showConnection('connecting');
    // Everything that is at hand has been answered by then.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return {
      status: page.isUnknown ? 404 : 200,
      title: page.title,
      description: page.description,
      canonical: addressOf(canonicalOf(route)),
      preview: page.preview,
      body: markupIn(body),
      first: transport.answers,
      modules: modulesOf(route.name, { isUnknown: page.isUnknown, language }),
    };
  },
};

/** A chart of other days, or with other currencies, is the same page. */
function canonicalOf(route: Route): Route {
  if (route.name !== 'currency') return route;
  const { name, code, quote } = route;
  return { name, code, quote, span: null };
}
