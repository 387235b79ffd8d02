import { BackOff } from './back-off.js';
import { CodeFilter } from './code-filter.js';
import { LiveSession } from './live-session.js';
import { LogPlace } from './log-place.js';

const TIMING = {
  /** A socket that is silent so long is asked whether it is there. */
  pingAfterMs: 25_000,
  /** So long it may take to connect, or to answer when asked. */
  answerWithinMs: 10_000,
  /** A stream that is silent so long is dead: the service speaks every 25 s. */
  silenceMs: 60_000,
  /** The ceiling of the first wait before connecting again, and of the longest. */
  firstWaitMs: 500,
  mostWaitMs: 30_000,
};
/** Longer ones a timer does not know: it would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Follows the rates of a Kurs service: a snapshot first, then every change, once and in order, over lost
 * connections and restarts. It connects by itself, in the turn after its construction, and goes on until `close`.
 * What it dispatches is described in `kurs.d.ts`.
 */
export class KursClient extends EventTarget {
  #address;
  #place;
  #filter;
  #backOff;
  #session;
  #timer;
  #isRefilterDue = false;
  #state = 'connecting';
  #online = () => this.#hasten();

  /** @throws TypeError or RangeError for what cannot be an address, a position or codes */
  constructor(url, { codes, position = null, WebSocket = globalThis.WebSocket, timing } = {}) {
    super();
    const allTiming = { ...TIMING, ...timing };
    this.#address = { url: baseOf(url), WebSocket, timing: allTiming };
    this.#place = new LogPlace(position);
    this.#filter = new CodeFilter(codes);
    this.#backOff = new BackOff({ firstMs: allTiming.firstWaitMs, mostMs: allTiming.mostWaitMs });
    globalThis.addEventListener?.('online', this.#online);
    queueMicrotask(() => this.#connect());
  }

  get state() {
    return this.#state;
  }

  get position() {
    return this.#place.position;
  }

  get codes() {
    return this.#filter.codes;
  }

  subscribe(codes) {
    this.#filter.add(codes);
    this.#refilter();
  }

  unsubscribe(codes) {
    this.#filter.remove(codes);
    this.#refilter();
  }

  close() {
    if (this.#state === 'closed') return;
    this.#session?.close();
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.('online', this.#online);
    this.#turn({ state: 'closed' });
  }

  #connect() {
    if (this.#state === 'closed') return;
    this.#turn({ state: 'connecting' });
    // Whoever was told may have closed the client.
    if (this.#state === 'closed') return;
    try {
      // A session that was replaced says nothing more: who speaks is always the current one.
      this.#session = new LiveSession(this.#address, this.#place, this.#filter, {
        opened: () => this.#turn({ state: 'live' }),
        deliver: (type, detail) => this.#dispatch(type, detail),
        ended: (ending) => this.#end(ending),
      });
    } catch ({ message }) {
      // A browser refuses sockets without TLS to pages that have it, and always will.
      this.#refuse({ code: 'client.cannot_connect', message });
    }
  }

  #end({ reason, waitMs, atLeastMs = 0, refusal }) {
    if (refusal) {
      this.#refuse(refusal);
      return;
    }
    if (this.#session.wasOfUse) this.#backOff.reset();
    const wantedMs = waitMs ?? Math.max(atLeastMs, this.#backOff.nextMs());
    const delay_ms = Math.min(wantedMs, LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#connect(), delay_ms);
    this.#turn({ state: 'waiting', delay_ms, reason });
  }

  #refuse(refusal) {
    this.#dispatch('error', { ...refusal, final: true });
    this.close();
  }

  /** The network is back: there is nothing to wait for. */
  #hasten() {
    if (this.#state !== 'waiting') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** At the end of the turn: the service counts messages, and many calls may be made at once. */
  #refilter() {
    if (this.#isRefilterDue) return;
    this.#isRefilterDue = true;
    queueMicrotask(() => {
      this.#isRefilterDue = false;
      if (!this.#session || this.#state === 'closed' || this.#state === 'waiting') return;
      if (this.#session.refilter()) return;
      this.#session.close();
      this.#connect();
    });
  }

  #turn(detail) {
    this.#state = detail.state;
    this.#dispatch('state', detail);
  }

  /** A listener that throws is the platform's affair: it is reported there, and the client goes on. */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function baseOf(url) {
  const base = new URL(url);
  if (!/^https?:$/.test(base.protocol))
    throw new TypeError(`${url} is no address of http or https`);
  base.search = base.hash = '';
  // The service may live under a path of somebody's server.
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
