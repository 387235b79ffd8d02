// What the service says. The shapes alone: nothing of them is left in JavaScript.

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

/** What is dispatched, by type. */
export interface Details {
  snapshot: Snapshot;
  rate: RateEvent;
  resync: Resync;
  state: State;
  error: Refusal;
}

/** A change of the codes, to the service. */
export interface CodesMessage {
  readonly event: 'subscribe' | 'unsubscribe';
  readonly data: { readonly codes: readonly string[] };
}

/** The service's answer to it. */
export type Settled =
  | { readonly event: 'subscribed'; readonly data: { readonly codes: readonly string[] } }
  | { readonly event: 'error'; readonly data: { readonly code: string; readonly message: string } };

interface Pong extends Position {
  readonly event: 'pong';
}

/** Whatever comes from the service, unless it is of a later version. */
export type Message = Snapshot | Resync | RateEvent | Settled | Pong;
