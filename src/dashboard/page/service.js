/** A request that was refused, or could not be made. */
export class Problem extends Error {
  /** `code` is the service's own, or `page.unreachable`. */
  constructor({ code, detail, command, last_date: lastDate }) {
    super(detail);
    this.code = code;
    /** What loads what is missing, where that is the trouble. */
    this.command = command;
    this.lastDate = lastDate;
  }
}

/** At most so many rows are asked for at once: longer answers are given to few readers at a time. */
const PAGE_ROWS = 1_000;

/** Asks the service that the page came from, wherever that is. */
export class Service {
  #base;

  constructor(base) {
    this.#base = new URL(base);
    this.#base.hash = this.#base.search = '';
  }

  get base() {
    return this.#base.href;
  }

  /** An address of the service, for links as well. */
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

  /** The rates of a day, with the codes of which a figure is held, and those that are not loaded. */
  async rates(parameters) {
    const { body, headers } = await this.#ask(this.address('v1/rates', parameters));
    const listed = (name) => (headers.get(name) ?? '').split(',').filter((code) => code !== '');
    return { rates: body, held: listed('Kurs-Quarantined'), notLoaded: listed('Kurs-Not-Loaded') };
  }

  /** Every row of a long answer, page after page. */
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

  /** The link's own path is the service's, which may lie elsewhere behind a proxy. */
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

/** Throws where nothing comes, half of an answer, or somebody else's page in its place. */
async function read(address, signal) {
  // Answers may be kept until the next poll, and a page that was told of news wants them.
  const response = await fetch(address, { cache: 'no-cache', credentials: 'omit', signal });
  const { ok, status, headers } = response;
  const isOurs = ok || /\bproblem\+json\b/.test(headers.get('Content-Type') ?? '');
  const body = isOurs ? await response.json() : { code: `http.${status}`, detail: `${status}` };
  return { response, body };
}
