/** A request that failed, or could not be sent. */
export class Problem extends Error {
  /** `code`: the service's, or `page.unreachable`. */
  constructor({ code, detail, command, last_date: lastDate }) {
    super(detail);
    this.code = code;
    /** Command that loads missing days, if they are the problem. */
    this.command = command;
    this.lastDate = lastDate;
  }
}

/** Page size: longer answers have a limit of concurrent readers. */
const PAGE_ROWS = 1_000;

/** Client of the service that delivered the page, at any address. */
export class Service {
  #base;

  constructor(base) {
    this.#base = new URL(base);
    this.#base.hash = this.#base.search = '';
  }

  get base() {
    return this.#base.href;
  }

  /** Address of a resource, also for links. */
  address(path, parameters = {}) {
    const address = new URL(path, this.#base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== '') address.searchParams.set(name, value);
    }
    return address.href;
  }

  /** @throws Problem */
  async get(path, parameters, signal) {
    return (await this.#ask(this.address(path, parameters), signal)).body;
  }

  /** Rates of a day, with the codes that are held and those that are not loaded. */
  async rates(parameters) {
    const { body, headers } = await this.#ask(this.address('v1/rates', parameters));
    const listed = (name) => (headers.get(name) ?? '').split(',').filter((code) => code !== '');
    return { rates: body, held: listed('Kurs-Quarantined'), notLoaded: listed('Kurs-Not-Loaded') };
  }

  /** All rows of a long answer, page by page. */
  async all(path, parameters, signal) {
    const rows = [];
    let address = this.address(path, { ...parameters, limit: PAGE_ROWS });
    while (address !== undefined) {
      const { body, headers } = await this.#ask(address, signal);
      rows.push(...body);
      const [, after] = /[?&]after=([^&>]+)/.exec(headers.get('Link') ?? '') ?? [];
      address = after && this.#following(address, after);
    }
    return rows;
  }

  /** Only the parameter of the link is used: its path may be wrong behind a proxy. */
  #following(address, after) {
    const next = new URL(address);
    next.searchParams.set('after', decodeURIComponent(after));
    return next.href;
  }

  async #ask(address, signal) {
    const { response, body } = await read(address, signal).catch((failure) => {
      if (signal?.aborted) throw failure;
      throw new Problem({ code: 'page.unreachable', detail: failure.message });
    });
    if (!response.ok) throw new Problem(body);
    return { body, headers: response.headers };
  }
}

/** Throws on no answer, a partial one, or a foreign page in its place. */
async function read(address, signal) {
  // Answers are cacheable until the next poll, but after news the page needs fresh ones.
  const response = await fetch(address, { cache: 'no-cache', credentials: 'omit', signal });
  const { ok, status, headers } = response;
  const isOurs = ok || /\bproblem\+json\b/.test(headers.get('Content-Type') ?? '');
  const body = isOurs ? await response.json() : { code: `http.${status}`, detail: `${status}` };
  return { response, body };
}
