import type { Answer } from './service.js';

/** Answers to keep; the oldest go first. A page of a long answer has some 200 kB at most. */
const MOST = 30;
const SEEN = 'kurs-seen-at';
/** An amount is hardly asked twice. */
const NOT_KEPT = /^v1\/convert\b/;

/**
 * The last answers of the service, kept in the browser with the time when they were seen. Only the page's script reads
 * them, when the service cannot be reached: no request is ever answered from here.
 */
export class KeptAnswers {
  readonly #cache: Cache;
  readonly #base: string;

  private constructor(
    cache: Cache,
    base: string,
    readonly isDemo: boolean,
  ) {
    this.#cache = cache;
    this.#base = base;
  }

  /**
   * `isDemo`: undefined without the service. Made-up rates are kept apart, and go when real ones come. Null where a
   * browser keeps nothing: over plain HTTP, or if it is told so.
   */
  static async open(base: string, isDemo?: boolean): Promise<KeptAnswers | null> {
    const [real, madeUp] = [`kurs rates ${base}`, `kurs made-up rates ${base}`];
    try {
      const isMadeUp = isDemo ?? (await caches.has(madeUp));
      await caches.delete(isMadeUp ? real : madeUp);
      return new KeptAnswers(await caches.open(isMadeUp ? madeUp : real), base, isMadeUp);
    } catch (refusal) {
      console.info('Rates are not kept:', (refusal as Error).message);
      return null;
    }
  }

  async keep(target: string, { body, headers }: Answer): Promise<void> {
    if (NOT_KEPT.test(target)) return;
    const own = Object.entries(headers).filter(([name]) => /^(?:link$|kurs-)/.test(name));
    const kept = { ...Object.fromEntries(own), [SEEN]: new Date().toISOString() };
    try {
      await this.#cache.put(
        this.#base + target,
        new Response(JSON.stringify(body), { headers: kept }),
      );
      const oldest = (await this.#cache.keys()).slice(0, -MOST);
      await Promise.all(oldest.map((request) => this.#cache.delete(request)));
    } catch (refusal) {
      console.info('An answer is not kept:', (refusal as Error).message);
    }
  }

  async find(target: string): Promise<Answer | undefined> {
    const kept = await this.#cache.match(this.#base + target);
    if (!kept) return undefined;
    const headers = Object.fromEntries(kept.headers);
    return { body: await kept.json(), headers, seen: headers[SEEN] ?? '' };
  }
}
