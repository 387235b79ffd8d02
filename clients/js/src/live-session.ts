import type { CodeFilter } from './code-filter.js';
import type { LogPlace } from './log-place.js';
import type {
  Details,
  Message,
  Position,
  RateEvent,
  Resync,
  Settled,
  Snapshot,
} from './messages.js';
import { SocketTransport } from './socket-transport.js';
import { StreamTransport } from './stream-transport.js';
import { ToldCodes } from './told-codes.js';
import type { Address, Ending, Listener, Transport } from './transport.js';

const RATE_EVENTS = new Set<string>(['rate_created', 'rate_updated', 'rate_deleted']);
/** A connection that stood so long was a good one, even where nothing happened, in milliseconds. */
const GOOD_AFTER_MS = 10_000;

/** What the owner of a session is told. */
export interface SessionOwner {
  opened(): void;
  deliver<Type extends keyof Details>(type: Type, detail: Details[Type]): void;
  ended(ending: Ending): void;
}

/**
 * One connection, from the attempt to its end: what comes is held against the client's place in the log.
 *
 * The owner is told `opened()`, `deliver(type, detail)` and, once, `ended(ending)`; after `close()` nothing.
 */
export class LiveSession implements Listener {
  readonly #place: LogPlace;
  readonly #filter: CodeFilter;
  readonly #owner: SessionOwner;
  readonly #transport: Transport;
  readonly #told: ToldCodes;
  /** Whether the first message may say that we cannot be resumed, and a snapshot then follows. */
  #mayBeginAnew: boolean;
  #openedAt: number | undefined;
  #wasOfUse = false;
  #isOver = false;

  constructor(
    { url, WebSocket, timing }: Address,
    place: LogPlace,
    filter: CodeFilter,
    owner: SessionOwner,
  ) {
    this.#place = place;
    this.#filter = filter;
    this.#owner = owner;
    this.#told = new ToldCodes(filter.codes);
    this.#mayBeginAnew = place.position !== null;
    const address = addressOf({ url, WebSocket }, place.position, filter.codes);
    this.#transport = WebSocket
      ? new SocketTransport(address, this, { WebSocket, timing })
      : new StreamTransport(address, this, { timing });
  }

  /** Whether the connection has delivered something, or stood a while. */
  get wasOfUse(): boolean {
    const standsSince = this.#openedAt ?? Infinity;
    return this.#wasOfUse || performance.now() - standsSince > GOOD_AFTER_MS;
  }

  /** Tells the service of a changed filter. False where only a new connection can do that. */
  refilter(): boolean {
    const messages = this.#told.tell(this.#filter.codes);
    if (messages.length === 0) return true;
    // The snapshot that is on its way would be one for the codes of before.
    if (this.#place.position === null) return false;
    return messages.every((message) => this.#transport.say(message));
  }

  close(): void {
    this.#isOver = true;
    this.#transport.close();
  }

  opened(): void {
    this.#openedAt = performance.now();
    this.#owner.opened();
  }

  heard(text: string): void {
    if (this.#isOver) return;
    try {
      this.#take(JSON.parse(text) as Message);
    } catch (failure) {
      // Listeners cannot bring us here: what they throw is reported by the platform.
      this.#giveUp(`The service said what cannot be understood: ${(failure as Error).message}`);
    }
  }

  /** The service says up to where it has told everything. */
  reached(position: Position): void {
    if (this.#isOver) return;
    // It may say so before it has said anything else.
    if (this.#place.position === null && !this.wasOfUse) return;
    this.#wasOfUse = true;
    if (this.#place.confirm(position, this.#filter.isFiltered) === 'hole') {
      this.#giveUp(`The service is at ${position.seq} and has not told everything up to there`);
    }
  }

  ended(ending: Ending): void {
    this.#isOver = true;
    this.#owner.ended(ending);
  }

  #take(message: Message): void {
    const isResumption = this.#mayBeginAnew;
    if (message.event === 'pong') this.reached(message);
    if (message.event === 'error') {
      this.#owner.deliver('error', { ...message.data, final: false });
    }
    if (message.event === 'error' || message.event === 'subscribed') this.#settle(message);
    if (message.event === 'resync_required') this.#resync(message, isResumption);
    else if (message.event === 'snapshot') this.#begin(message);
    else if (isRateEvent(message)) this.#tell(message);
    // Anything else is an answer that needs no action, or news of a later version.
    else return;
    this.#mayBeginAnew = false;
  }

  #begin(snapshot: Snapshot): void {
    this.#wasOfUse = true;
    this.#place.begin(snapshot);
    const rates = snapshot.rates.filter(({ code }) => this.#filter.accepts(code));
    this.#owner.deliver('snapshot', { ...snapshot, rates });
  }

  #tell(event: RateEvent): void {
    const verdict = this.#place.advance(event.seq, this.#filter.isFiltered);
    if (verdict === 'hole') {
      this.#giveUp(`Event ${event.seq} came, and some before it did not`);
      return;
    }
    this.#wasOfUse = true;
    // A code may have been given up while its event was on the way.
    if (verdict === 'next' && this.#filter.accepts(event.code)) this.#owner.deliver('rate', event);
  }

  #resync({ event, log_id, seq }: Resync, isSnapshotToCome: boolean): void {
    this.#place.forget();
    this.#owner.deliver('resync', { event, log_id, seq });
    // On a connection that stands, no snapshot follows: a new one begins with it.
    if (!isSnapshotToCome) this.#giveUp('The event log was replaced');
  }

  /** The address of a new connection says what is wanted. */
  #settle(answer: Settled): void {
    if (!this.#told.answered(answer)) this.#giveUp('The service has not taken the change of codes');
  }

  #giveUp(reason: string): void {
    if (this.#isOver) return;
    this.close();
    this.#owner.ended({ reason });
  }
}

function isRateEvent(message: Message): message is RateEvent {
  return RATE_EVENTS.has(message.event);
}

function addressOf(
  { url, WebSocket }: Pick<Address, 'url' | 'WebSocket'>,
  position: Position | null,
  codes: readonly string[] | undefined,
): string {
  const address = new URL(WebSocket ? 'ws/rates' : 'v1/stream', url);
  if (WebSocket) address.protocol = address.protocol.replace('http', 'ws');
  address.searchParams.set('snapshot', '1');
  if (position) address.searchParams.set('since', `${position.log_id}:${position.seq}`);
  if (codes) address.searchParams.set('codes', codes.join(','));
  return address.href;
}
