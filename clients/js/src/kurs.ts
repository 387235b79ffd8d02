import { BackOff } from './back-off.js';
import { CodeFilter } from './code-filter.js';
import { LiveSession, type SessionOwner } from './live-session.js';
import { LogPlace } from './log-place.js';
import type { Details, Position, RateEvent, Refusal, Resync, Snapshot, State } from './messages.js';
import type { Address, Ending, SocketLike, Timing } from './transport.js';

export type * from './messages.js';
export type { SocketLike, Timing } from './transport.js';

const TIMING: Timing = {
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
/** What only some platforms have. */
const PLATFORM = globalThis as {
  WebSocket?: NonNullable<KursOptions['WebSocket']>;
  addEventListener?: (type: 'online', listener: () => void) => void;
  removeEventListener?: (type: 'online', listener: () => void) => void;
};
type PlainListener = Parameters<EventTarget['addEventListener']>[1];

/** Longer ones a timer does not know: it would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface KursEvent<Type extends string, Detail> extends Event {
  readonly type: Type;
  readonly detail: Detail;
}

/** What is dispatched, by type. When an event is, `position` includes it. */
export interface KursEventMap {
  snapshot: KursEvent<'snapshot', Snapshot>;
  rate: KursEvent<'rate', RateEvent>;
  resync: KursEvent<'resync', Resync>;
  state: KursEvent<'state', State>;
  error: KursEvent<'error', Refusal>;
}

export type KursListener<Type extends keyof KursEventMap> =
  | ((this: KursClient, event: KursEventMap[Type]) => void)
  | { handleEvent(event: KursEventMap[Type]): void };

export interface KursOptions {
  /** Only these currencies; default all. */
  codes?: readonly string[];
  /** Where an earlier client was: what was missed since comes first, instead of a snapshot. */
  position?: Position | null;
  /** Default the platform's; null, or a platform without one: server-sent events over `fetch`. */
  WebSocket?: (new (url: string) => SocketLike) | null;
  timing?: Partial<Timing>;
}

/**
 * Follows the rates of a Kurs service: a snapshot first, then every change, once and in order, over lost
 * connections and restarts. It connects by itself, in the turn after its construction: add the listeners in the turn
 * in which it is made. It goes on until `close`, and keeps a Node process alive until then.
 */
export class KursClient extends EventTarget {
  readonly #address: Address;
  readonly #place: LogPlace;
  readonly #filter: CodeFilter;
  readonly #backOff: BackOff;
  #session: LiveSession | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRefilterDue = false;
  #state: State['state'] = 'connecting';
  readonly #online = () => this.#hasten();

  /** @throws TypeError or RangeError for what cannot be an address, a position or codes */
  constructor(
    url: string | URL,
    { codes, position = null, WebSocket = PLATFORM.WebSocket, timing }: KursOptions = {},
  ) {
    super();
    const allTiming = { ...TIMING, ...timing };
    this.#address = { url: baseOf(url), WebSocket, timing: allTiming };
    this.#place = new LogPlace(position);
    this.#filter = new CodeFilter(codes);
    this.#backOff = new BackOff({ firstMs: allTiming.firstWaitMs, mostMs: allTiming.mostWaitMs });
    PLATFORM.addEventListener?.('online', this.#online);
    queueMicrotask(() => this.#connect());
  }

  get state(): State['state'] {
    return this.#state;
  }

  /** Up to where everything wanted was dispatched; null until a snapshot has come. */
  get position(): Position | null {
    return this.#place.position;
  }

  /** What is subscribed to; undefined: everything. */
  get codes(): string[] | undefined {
    return this.#filter.codes;
  }

  /**
   * From now on these codes as well; whoever had all has these alone. Their current rates do not come.
   * @throws RangeError
   */
  subscribe(codes: readonly string[]): void {
    this.#filter.add(codes);
    this.#refilter();
  }

  /**
   * From now on without these codes.
   * @throws RangeError where all codes are wanted, or none would be left
   */
  unsubscribe(codes: readonly string[]): void {
    this.#filter.remove(codes);
    this.#refilter();
  }

  /** Ends everything; nothing is dispatched afterwards but `state`. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#session?.close();
    clearTimeout(this.#timer);
    PLATFORM.removeEventListener?.('online', this.#online);
    this.#turn({ state: 'closed' });
  }

  override addEventListener<Type extends keyof KursEventMap>(
    type: Type,
    listener: KursListener<Type> | null,
    options?:
      boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void {
    super.addEventListener(type, listener as PlainListener, options);
  }

  override removeEventListener<Type extends keyof KursEventMap>(
    type: Type,
    listener: KursListener<Type> | null,
    options?: boolean | { capture?: boolean },
  ): void {
    super.removeEventListener(type, listener as PlainListener, options);
  }

  #connect(): void {
    if (this.#state === 'closed') return;
    this.#turn({ state: 'connecting' });
    // Whoever was told may have closed the client.
    if (this.state === 'closed') return;
    try {
      // A session that was replaced says nothing more: who speaks is always the current one.
      this.#session = new LiveSession(this.#address, this.#place, this.#filter, {
        opened: () => this.#turn({ state: 'live' }),
        deliver: (type, detail) => this.#dispatch(type, detail),
        ended: (ending) => this.#end(ending),
      } satisfies SessionOwner);
    } catch (failure) {
      // A browser refuses sockets without TLS to pages that have it, and always will.
      const { message } = failure as Error;
      this.#refuse({ code: 'client.cannot_connect', message });
    }
  }

  #end({ reason, waitMs, atLeastMs = 0, refusal }: Ending): void {
    if (refusal) {
      this.#refuse(refusal);
      return;
    }
    if (this.#session?.wasOfUse) this.#backOff.reset();
    const wantedMs = waitMs ?? Math.max(atLeastMs, this.#backOff.nextMs());
    const delay_ms = Math.min(wantedMs, LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#connect(), delay_ms);
    this.#turn({ state: 'waiting', delay_ms, reason });
  }

  #refuse(refusal: NonNullable<Ending['refusal']>): void {
    this.#dispatch('error', { ...refusal, final: true });
    this.close();
  }

  /** The network is back: there is nothing to wait for. */
  #hasten(): void {
    if (this.#state !== 'waiting') return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** At the end of the turn: the service counts messages, and many calls may be made at once. */
  #refilter(): void {
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

  #turn(detail: State): void {
    this.#state = detail.state;
    this.#dispatch('state', detail);
  }

  /** A listener that throws is the platform's affair: it is reported there, and the client goes on. */
  #dispatch<Type extends keyof Details>(type: Type, detail: Details[Type]): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function baseOf(url: string | URL): URL {
  const base = new URL(url);
  if (!/^https?:$/.test(base.protocol))
    throw new TypeError(`${String(url)} is no address of http or https`);
  base.search = base.hash = '';
  // The service may live under a path of somebody's server.
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
