import { type FirstAnswers, isProblem } from '../paint-contract.js';
import { type Answer, Problem, type ProblemDocument, type Transport } from './service.js';

/** Asks over the network; the answers that came with the page are used first, each once. */
export class Network implements Transport {
  readonly #base: string;
  readonly #first: Map<string, FirstAnswers[string]>;

  constructor(base: string, first: FirstAnswers) {
    this.#base = base;
    this.#first = new Map(Object.entries(first));
  }

  isAtHand(target: string): boolean {
    return this.#first.has(target);
  }

  async ask(target: string, signal?: AbortSignal): Promise<Answer> {
    const first = this.#first.get(target);
    this.#first.delete(target);
    if (first === undefined) return this.#fetch(target, signal);
    if (isProblem(first)) throw new Problem(first.problem);
    return first;
  }

  async #fetch(target: string, signal: AbortSignal | undefined): Promise<Answer> {
    const { response, body } = await read(this.#base + target, signal).catch((failure: unknown) => {
      if (signal?.aborted) throw failure;
      throw new Problem({ code: 'page.unreachable', detail: (failure as Error).message });
    });
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
  const body: unknown = isOurs
    ? await response.json()
    : { code: `http.${status}`, detail: `${status}` };
  return { response, body };
}
