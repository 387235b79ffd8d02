import { type FirstAnswers, isProblem } from '../paint-contract.js';
import type { KeptAnswers } from './kept-answers.js';
import { nextTask } from './next-task.js';
import {
  type Answer,
  Problem,
  type ProblemDocument,
  type Transport,
  UNREACHABLE,
} from './service.js';

/**
 * Asks over the network; the answers that came with the page are used first, each once. A page that was opened without
 * the service shows kept answers until the service answers.
 */
export class Network implements Transport {
  readonly #base: string;
  readonly #first: Map<string, FirstAnswers[string]>;
  readonly #kept: Promise<KeptAnswers | null>;
  #hasAnswered: boolean;
  confirm!: () => void;
  readonly #confirmed = new Promise<void>((resolve) => (this.confirm = resolve));

  /** `first`: null if the page did not come from the service. */
  constructor(base: string, first: FirstAnswers | null, kept: Promise<KeptAnswers | null>) {
    this.#base = base;
    this.#first = new Map(Object.entries(first ?? {}));
    this.#hasAnswered = first !== null;
    this.#kept = kept;
  }

  isAtHand(target: string): boolean {
    return this.#first.has(target);
  }

  async ask(target: string, signal?: AbortSignal): Promise<Answer> {
    const first = this.#first.get(target);
    this.#first.delete(target);
    if (first === undefined) return this.#fetchOrFind(target, signal);
    if (isProblem(first)) throw new Problem(first.problem);
    // The page may be an old one.
    void this.#confirmed.then(() => this.#keep(target, first));
    return first;
  }

  async #fetchOrFind(target: string, signal: AbortSignal | undefined): Promise<Answer> {
    try {
      const answer = await this.#fetch(target, signal);
      this.#keep(target, answer);
      return answer;
    } catch (problem) {
      const isAway = problem instanceof Problem && problem.code === UNREACHABLE;
      const kept = isAway && !this.#hasAnswered ? await this.#kept : null;
      const answer = await kept?.find(target);
      if (answer === undefined || signal?.aborted) throw problem;
      return answer;
    }
  }

  #keep(target: string, answer: Answer): void {
    void this.#kept.then(async (kept) => {
      // What is shown comes first.
      await nextTask();
      await kept?.keep(target, answer);
    });
  }

  async #fetch(target: string, signal: AbortSignal | undefined): Promise<Answer> {
    const { response, body } = await read(this.#base + target, signal).catch((failure: unknown) => {
      if (signal?.aborted) throw failure;
      throw new Problem({ code: UNREACHABLE, detail: (failure as Error).message });
    });
    this.#hasAnswered = true;
    if (!response.ok) throw new Problem(body as ProblemDocument);
    return { body, headers: Object.fromEntries(response.headers) };
  }
}

/** Throws on no answer, a partial one, or a foreign page in its place. */
async function read(
  address: string,
  signal: AbortSignal | undefined,
): Promise<{ response: Response; body: unknown }> {
  // Answers are cacheable until the next poll, but after news the page needs fresh ones.
  const response = await fetch(address, {
    ...{ cache: 'no-cache', credentials: 'omit' },
    ...(signal && { signal }),
  });
  const { ok, status, headers } = response;
  const isOurs = ok || /\bproblem\+json\b/.test(headers.get('Content-Type') ?? '');
  // A proxy answers for a service that does not.
  if (!isOurs && status >= 502 && status <= 504) throw new Error(`${status}`);
  const body: unknown = isOurs
    ? await response.json()
    : { code: `http.${status}`, detail: `${status}` };
  return { response, body };
}
