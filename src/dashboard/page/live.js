import { Batch } from './batch.js';
import { KursClient } from './client/kurs.js';

/**
 * Follows the service and keeps the board up to date. Dispatches `state` (`connecting`, `live`, `waiting` or
 * `closed`), and `news` with the changes and the codes of the events, once for each batch.
 */
export class Live extends EventTarget {
  state = 'connecting';
  /** Whether there was a connection before, so that the next is a reconnection. */
  #hasBegun = false;
  #board;
  #client;
  #base;
  #batch = new Batch((codes) => this.#read(codes));

  constructor(board, base) {
    super();
    this.#board = board;
    this.#base = base;
    // Some browsers do not include sockets in 'self' (https://github.com/w3c/webappsec-csp/issues/7).
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === 'connect-src') this.#connect({ WebSocket: null });
    });
    this.#connect({});
  }

  #connect(options) {
    this.#client?.close();
    const client = new KursClient(this.#base, options);
    this.#client = client;
    const listen = (type, listener) =>
      client.addEventListener(type, ({ detail }) => {
        if (client === this.#client) listener(detail);
      });
    listen('state', ({ state }) => this.#turn(state));
    listen('snapshot', (position) => void this.#begin(position));
    listen('rate', (event) => this.#batch.add(event));
  }

  #turn(state) {
    const before = this.state;
    this.state = state;
    if (state === 'live') {
      this.#tell('state', { state, before, isReturn: this.#hasBegun });
      this.#hasBegun = true;
    } else this.#tell('state', { state, before });
  }

  /** The first snapshot usually repeats what was just read; one after a resync belongs to another log. */
  async #begin({ log_id: log, seq }) {
    await this.#board.settled;
    const { status } = this.#board;
    if (status?.log_id !== log || status.seq !== seq) await this.#read([]);
  }

  async #read(codes) {
    const changes = await this.#board.load();
    this.#tell('news', { changes, codes });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
