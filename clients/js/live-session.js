import { SocketTransport } from './socket-transport.js';
import { StreamTransport } from './stream-transport.js';
import { ToldCodes } from './told-codes.js';

const RATE_EVENTS = new Set(['rate_created', 'rate_updated', 'rate_deleted']);
/** A connection that stood so long was a good one, even where nothing happened, in milliseconds. */
const GOOD_AFTER_MS = 10_000;

/**
 * One connection, from the attempt to its end: what comes is held against the client's place in the log.
 *
 * The owner is told `opened()`, `deliver(type, detail)` and, once, `ended(ending)`; after `close()` nothing.
 */
export class LiveSession {
  #place;
  #filter;
  #owner;
  #transport;
  #told;
  /** Whether the first message may say that we cannot be resumed, and a snapshot then follows. */
  #mayBeginAnew;
  #openedAt;
  #wasOfUse = false;
  #isOver = false;

  constructor({ url, WebSocket, timing }, place, filter, owner) {
    this.#place = place;
    this.#filter = filter;
    this.#owner = owner;
    this.#told = new ToldCodes(filter.codes);
    this.#mayBeginAnew = place.position !== null;
    const Transport = WebSocket ? SocketTransport : StreamTransport;
    const address = addressOf(url, WebSocket, place.position, filter.codes);
    this.#transport = new Transport(address, this, { WebSocket, timing });
  }

  /** Whether the connection has delivered something, or stood a while. */
  get wasOfUse() {
    return this.#wasOfUse || performance.now() - this.#openedAt > GOOD_AFTER_MS;
  }

  /** Tells the service of a changed filter. False where only a new connection can do that. */
  refilter() {
    const messages = this.#told.tell(this.#filter.codes);
    if (messages.length === 0) return true;
    // The snapshot that is on its way would be one for the codes of before.
    if (this.#place.position === null) return false;
    return messages.every((message) => this.#transport.say(message));
  }

  close() {
    this.#isOver = true;
    this.#transport.close();
  }

  opened() {
    this.#openedAt = performance.now();
    this.#owner.opened();
  }

  heard(text) {
    if (this.#isOver) return;
    try {
      this.#take(JSON.parse(text));
    } catch (failure) {
      // Listeners cannot bring us here: what they throw is reported by the platform.
      this.#giveUp(`The service said what cannot be understood: ${failure.message}`);
    }
  }

  /** The service says up to where it has told everything. */
  reached(position) {
    if (this.#isOver) return;
    // It may say so before it has said anything else.
    if (this.#place.position === null && !this.wasOfUse) return;
    this.#wasOfUse = true;
    if (this.#place.confirm(position, this.#filter.isFiltered) === 'hole') {
      this.#giveUp(`The service is at ${position.seq} and has not told everything up to there`);
    }
  }

  ended(ending) {
    this.#isOver = true;
    this.#owner.ended(ending);
  }

  #take(message) {
    const isResumption = this.#mayBeginAnew;
    const { event } = message;
    if (event === 'pong') this.reached(message);
    if (event === 'error') this.#owner.deliver('error', { ...message.data, final: false });
    if (event === 'error' || event === 'subscribed') this.#settle(message);
    if (event === 'resync_required') this.#resync(message, isResumption);
    else if (event === 'snapshot') this.#begin(message);
    else if (RATE_EVENTS.has(event)) this.#tell(message);
    // Anything else is an answer that needs no action, or news of a later version.
    else return;
    this.#mayBeginAnew = false;
  }

  #begin(snapshot) {
    this.#wasOfUse = true;
    this.#place.begin(snapshot);
    const rates = snapshot.rates.filter(({ code }) => this.#filter.accepts(code));
    this.#owner.deliver('snapshot', { ...snapshot, rates });
  }

  #tell(event) {
    const verdict = this.#place.advance(event.seq, this.#filter.isFiltered);
    if (verdict === 'hole') {
      this.#giveUp(`Event ${event.seq} came, and some before it did not`);
      return;
    }
    this.#wasOfUse = true;
    // A code may have been given up while its event was on the way.
    if (verdict === 'next' && this.#filter.accepts(event.code)) this.#owner.deliver('rate', event);
  }

  #resync({ event, log_id, seq }, isSnapshotToCome) {
    this.#place.forget();
    this.#owner.deliver('resync', { event, log_id, seq });
    // On a connection that stands, no snapshot follows: a new one begins with it.
    if (!isSnapshotToCome) this.#giveUp('The event log was replaced');
  }

  /** The address of a new connection says what is wanted. */
  #settle(answer) {
    if (!this.#told.answered(answer)) this.#giveUp('The service has not taken the change of codes');
  }

  #giveUp(reason) {
    if (this.#isOver) return;
    this.close();
    this.#owner.ended({ reason });
  }
}

function addressOf(url, WebSocket, position, codes) {
  const address = new URL(WebSocket ? 'ws/rates' : 'v1/stream', url);
  if (WebSocket) address.protocol = address.protocol.replace('http', 'ws');
  address.searchParams.set('snapshot', '1');
  if (position) address.searchParams.set('since', `${position.log_id}:${position.seq}`);
  if (codes) address.searchParams.set('codes', codes.join(','));
  return address.href;
}
