/** A place in the log of events; keep it with what you made of the events, and give it back after a restart. */
export interface Position {
  readonly log_id: string;
  readonly seq: number;
}

/** A fixing of the bank, or a rate that a person has made. */
export interface Rate {
  readonly id: number;
  /** Letter code, such as `USD`. */
  readonly code: string;
  /** As the bank prints it. */
  readonly name: string;
  /** Price of `nominal` units in roubles. */
  readonly value: number;
  /** Instant, ISO 8601. */
  readonly created_at: string;
  readonly nominal: number;
  /** The day from which it is in force, `yyyy-mm-dd`. */
  readonly effective_date: string;
  readonly source: 'cbr' | 'manual';
}

/** What the three events of a rate have in common. */
export interface RateChange extends Rate {
  readonly previous_value: number | null;
  readonly previous_nominal: number | null;
  /** Number of the event in its log. */
  readonly seq: number;
  /** The same on every repeat, by whatever way. */
  readonly event_id: string;
}

/** The first fixing of a currency, or a rate made by a person. */
export interface RateCreated extends RateChange {
  readonly event: 'rate_created';
  readonly previous_value: null;
  readonly previous_nominal: null;
}

/** A new fixing, a correction, or an edit. */
export interface RateUpdated extends RateChange {
  readonly event: 'rate_updated';
}

/** Carries the deleted rate. */
export interface RateDeleted extends RateChange {
  readonly event: 'rate_deleted';
}

export type RateEvent = RateCreated | RateUpdated | RateDeleted;

/** The current rates; the events after `seq` follow, and may have had their effect on it already. */
export interface Snapshot extends Position {
  readonly event: 'snapshot';
  readonly rates: readonly Rate[];
}

/** What is held may not be what the service has: throw it away, a snapshot comes. */
export interface Resync extends Position {
  readonly event: 'resync_required';
}

export type State =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Until the next try. */
  | { readonly state: 'waiting'; readonly delay_ms: number; readonly reason: string }
  /** For good: by `close`, or after a final error. */
  | { readonly state: 'closed' };

/** What the service refused. */
export interface Refusal {
  /** Stable, such as `http.invalid_request`. */
  readonly code: string;
  readonly message: string;
  /** Of HTTP, where the connection itself was refused. */
  readonly status?: number;
  /** The client has closed: no further try could change anything. */
  readonly final: boolean;
}

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

/** Durations in milliseconds. */
export interface Timing {
  /** A socket that is silent so long is asked whether it is there; 25,000. */
  pingAfterMs: number;
  /** So long it may take to connect, or to answer when asked; 10,000. */
  answerWithinMs: number;
  /** A stream of server-sent events that is silent so long is dead; 60,000. */
  silenceMs: number;
  /** Ceiling of the first wait before connecting again; 500. It doubles with every failure. */
  firstWaitMs: number;
  /** Ceiling of the longest wait; 30,000. */
  mostWaitMs: number;
}

/** What is used of a WebSocket; the platform's own and the one of the package `ws` have it. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
}

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
 * connections and restarts. It connects by itself: add the listeners in the turn in which it is made.
 * While it is not closed it keeps a Node process alive.
 */
export class KursClient extends EventTarget {
  /** @throws TypeError or RangeError for what cannot be an address, a position or codes */
  constructor(url: string | URL, options?: KursOptions);

  get state(): State['state'];
  /** Up to where everything wanted was dispatched; null until a snapshot has come. */
  get position(): Position | null;
  /** What is subscribed to; undefined: everything. */
  get codes(): string[] | undefined;

  /**
   * From now on these codes as well; whoever had all has these alone. Their current rates do not come.
   * @throws RangeError
   */
  subscribe(codes: readonly string[]): void;
  /**
   * From now on without these codes.
   * @throws RangeError where all codes are wanted, or none would be left
   */
  unsubscribe(codes: readonly string[]): void;
  /** Ends everything; nothing is dispatched afterwards but `state`. */
  close(): void;

  override addEventListener<Type extends keyof KursEventMap>(
    type: Type,
    listener: KursListener<Type> | null,
    options?:
      boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void;
  override removeEventListener<Type extends keyof KursEventMap>(
    type: Type,
    listener: KursListener<Type> | null,
    options?: boolean | { capture?: boolean },
  ): void;
}
