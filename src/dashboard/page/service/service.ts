import type { Rate } from '../values/shapes.js';

/** Fields of `application/problem+json` that the page uses. */
export interface ProblemDocument {
  code: string;
  detail: string;
  command?: string;
  last_date?: string | null;
}

/** Code of a request that the service did not answer. */
export const UNREACHABLE = 'page.unreachable';

/** A request that failed, or could not be sent. */
export class Problem extends Error {
  /** The service's, or UNREACHABLE. */
  readonly code: string;
  /** Command that loads missing days, if they are the problem. */
  readonly command: string | undefined;
  readonly lastDate: string | null;

  constructor({ code, detail, command, last_date: lastDate }: ProblemDocument) {
    super(detail);
    this.code = code;
    this.command = command;
    this.lastDate = lastDate ?? null;
  }
}

/** Query parameters; undefined and empty ones are left out. */
export type Wish = Record<string, string | number | boolean | undefined>;

/** Rates of a day, with the codes that are held and those that are not loaded. */
export interface DayOfRates {
  rates: readonly Rate[];
  held: readonly string[];
  notLoaded: readonly string[];
  seen?: string;
}

/** An answer of the API. Names of headers are in lower case. */
export interface Answer {
  body: unknown;
  headers: Readonly<Record<string, string>>;
  /** When it came, ISO 8601, if it was kept from an earlier visit. */
  seen?: string;
}

/** How the page asks the API: over the network, or in the process of the service. */
export interface Transport {
  /** `target`: path and query relative to the service. @throws Problem */
  ask(target: string, signal?: AbortSignal): Promise<Answer>;
  /** Whether the answer is there without a request. */
  isAtHand(target: string): boolean;
  /** The service still has the data that the answers at hand were made of. */
  confirm?(): void;
}

/** Page size: longer answers have a limit of concurrent readers. */
const PAGE_ROWS = 1_000;

/** Client of the service that delivered the page, at any address. */
export class Service {
  readonly #transport: Transport;

  /** `base`: address of the service with a slash at its end; links begin with it. */
  constructor(
    readonly base: string,
    transport: Transport,
  ) {
    this.#transport = transport;
  }

  /** Address of a resource, also for links. */
  address(path: string, parameters: Wish = {}): string {
    return this.base + target(path, parameters);
  }

  isAtHand(path: string, parameters: Wish = {}): boolean {
    return this.#transport.isAtHand(target(path, parameters));
  }

  confirm(): void {
    this.#transport.confirm?.();
  }

  /** @throws Problem */
  async get<Body>(path: string, parameters: Wish = {}, signal?: AbortSignal): Promise<Body> {
    return (await this.#transport.ask(target(path, parameters), signal)).body as Body;
  }

  /** Rates of a day. */
  async rates(parameters: Wish, signal?: AbortSignal): Promise<DayOfRates> {
    const { body, headers, seen } = await this.#transport.ask(
      target('v1/rates', parameters),
      signal,
    );
    const listed = (name: string) => (headers[name] ?? '').split(',').filter((code) => code !== '');
    return {
      rates: body as Rate[],
      held: listed('kurs-quarantined'),
      notLoaded: listed('kurs-not-loaded'),
      ...(seen !== undefined && { seen }),
    };
  }

  /** All rows of a long answer, page by page. */
  async all<Row>(path: string, parameters: Wish, signal?: AbortSignal): Promise<Row[]> {
    const rows: Row[] = [];
    let after: string | undefined;
    do {
      const wish = { ...parameters, limit: PAGE_ROWS, after };
      const { body, headers } = await this.#transport.ask(target(path, wish), signal);
      rows.push(...(body as Row[]));
      // Only the parameter of the link is used: its path may be wrong behind a proxy.
      const [, next] = /[?&]after=([^&>]+)/.exec(headers.link ?? '') ?? [];
      after = next && decodeURIComponent(next);
    } while (after !== undefined);
    return rows;
  }
}

function target(path: string, parameters: Wish): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
