import type { Rate } from './shapes.js';

/** Fields of `application/problem+json` that the page uses. */
interface ProblemDocument {
  code: string;
  detail: string;
  command?: string;
  last_date?: string;
}

/** Query parameters; undefined and empty ones are left out. */
export type Wish = Record<string, string | number | boolean | undefined>;

/** Rates of a day. */
export interface DayOfRates {
  rates: readonly Rate[];
  held: readonly string[];
  notLoaded: readonly string[];
}

/** A request that failed, or could not be sent. */
export class Problem extends Error {
  /** The service's, or `page.unreachable`. */
  readonly code: string;
  /** Command that loads missing days, if they are the problem. */
  readonly command: string | undefined;
  readonly lastDate: string | undefined;

  constructor({ code, detail, command, last_date: lastDate }: ProblemDocument) {
    super(detail);
    this.code = code;
    this.command = command;
    this.lastDate = lastDate;
  }
}

interface Answer<Body> {
  body: Body;
  headers: Headers;
}

/** Page size: longer answers have a limit of concurrent readers. */
const PAGE_ROWS = 1_000;

/** Client of the service that delivered the page, at any address. */
export class Service {
  readonly #base: URL;

  constructor(base: string) {
    this.#base = new URL(base);
    this.#base.hash = this.#base.search = '';
  }

  get base(): string {
    return this.#base.href;
  }

  /** Address of a resource, also for links. */
  address(path: string, parameters: Wish = {}): string {
    const address = new URL(path, this.#base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== '') address.searchParams.set(name, String(value));
    }
    return address.href;
  }

  /** @throws Problem */
  async get<Body>(path: string, parameters?: Wish, signal?: AbortSignal): Promise<Body> {
    return (await this.#ask<Body>(this.address(path, parameters), signal)).body;
  }

  /** Rates of a day, with the codes that are held and those that are not loaded. */
  async rates(parameters: Wish): Promise<DayOfRates> {
    const { body, headers } = await this.#ask<Rate[]>(this.address('v1/rates', parameters));
    const listed = (name: string) =>
      (headers.get(name) ?? '').split(',').filter((code) => code !== '');
    return { rates: body, held: listed('Kurs-Quarantined'), notLoaded: listed('Kurs-Not-Loaded') };
  }

  /** All rows of a long answer, page by page. */
  async all<Row>(path: string, parameters: Wish, signal?: AbortSignal): Promise<Row[]> {
    const rows: Row[] = [];
    let address: string | undefined = this.address(path, { ...parameters, limit: PAGE_ROWS });
    while (address !== undefined) {
      const answer: Answer<Row[]> = await this.#ask<Row[]>(address, signal);
      rows.push(...answer.body);
      address = this.#following(address, answer.headers.get('Link') ?? '');
    }
    return rows;
  }

  /** Only the parameter of the link is used: its path may be wrong behind a proxy. */
  #following(address: string, link: string): string | undefined {
    const [, after] = /[?&]after=([^&>]+)/.exec(link) ?? [];
    if (after === undefined) return undefined;
    const next = new URL(address);
    next.searchParams.set('after', decodeURIComponent(after));
    return next.href;
  }

  async #ask<Body>(address: string, signal?: AbortSignal): Promise<Answer<Body>> {
    const { response, body } = await read(address, signal).catch((failure: unknown) => {
      if (signal?.aborted) throw failure;
      throw new Problem({ code: 'page.unreachable', detail: (failure as Error).message });
    });
    if (!response.ok) throw new Problem(body as ProblemDocument);
    return { body: body as Body, headers: response.headers };
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
