import type { Board } from './board.js';
import { Batch } from './batch.js';
import { KursClient, type KursOptions, type Position, type State } from '../client/kurs.js';
import type { Change } from '../values/shapes.js';

export type Connection = State['state'];
/** Details of the events. */
export interface StateDetail {
  state: Connection;
  before: Connection;
  isReturn?: boolean;
}
export interface NewsDetail {
  changes: Change[];
  codes: string[];
}

/**
 * Follows the service and keeps the board up to date. Dispatches `state` (`connecting`, `live`, `waiting` or
 * `closed`), and `news` with the changes and the codes of the events, once for each batch.
 */
export class Live extends EventTarget {
  state: Connection = 'connecting';
  /** Whether there was a connection before, so that the next is a reconnection. */
  #hasBegun = false;
  readonly #board: Board;
  #client: KursClient | undefined;
  readonly #base: string;
  readonly #batch = new Batch((codes) => void this.#read(codes));

  constructor(board: Board, base: string) {
    super();
    this.#board = board;
    this.#base = base;
    // Some browsers do not include sockets in 'self' (https://github.com/w3c/webappsec-csp/issues/7).
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === 'connect-src') this.#connect({ WebSocket: null });
    });
    this.#connect({});
  }

  #connect(options: KursOptions): void {
    this.#client?.close();
    const client = new KursClient(this.#base, options);
    this.#client = client;
    const ifCurrent = (listener: () => void) => {
      if (client === this.#client) listener();
    };
    client.addEventListener('state', ({ detail: { state } }) => {
      ifCurrent(() => this.#turn(state));
    });
    client.addEventListener('snapshot', ({ detail }) => {
      ifCurrent(() => void this.#begin(detail));
    });
    client.addEventListener('rate', ({ detail }) => {
      ifCurrent(() => this.#batch.add(detail));
    });
  }

  #turn(state: Connection): void {
    const before = this.state;
    this.state = state;
    if (state === 'live') {
      this.#tell('state', { state, before, isReturn: this.#hasBegun });
      this.#hasBegun = true;
    } else this.#tell('state', { state, before });
  }

  /** The first snapshot usually repeats what was just read; one after a resync belongs to another log. */
  async #begin({ log_id: log, seq }: Position): Promise<void> {
    await this.#board.settled;
    const { status } = this.#board;
    if (status?.log_id !== log || status.seq !== seq) await this.#read([]);
  }

  async #read(codes: string[]): Promise<void> {
    const changes = await this.#board.load();
    this.#tell('news', { changes, codes });
  }

  #tell(type: string, detail: StateDetail | NewsDetail): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
