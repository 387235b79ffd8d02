import type { Address, Ending, Listener, SocketLike, Timing } from './transport.js';
import { TransportBase } from './transport-base.js';

const OPEN = 1;
const CLOSED = 3;
const SERVICE_RESTART = 1012;
/** How long a socket may take over its closing handshake where it can be destroyed, in milliseconds. */
const GRACE_MS = 1_000;

/** What is used of the socket's own events: the platform's and those of the package `ws` have it. */
interface LiveSocket extends SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  /** Of the package `ws`. */
  terminate?: () => void;
}

type SocketAddress = Pick<Address, 'timing'> & { WebSocket: NonNullable<Address['WebSocket']> };

/**
 * The way to the service by WebSocket. It tells its listener `opened()`, `heard(text)` and, once and at the
 * very end, `ended({ reason, waitMs? })`; after `close()` nothing.
 */
export class SocketTransport extends TransportBase {
  readonly #socket: LiveSocket;
  readonly #timing: Timing;

  constructor(url: string, listener: Listener, { WebSocket, timing }: SocketAddress) {
    super(listener);
    this.#timing = timing;
    this.#socket = new WebSocket(url) as LiveSocket;
    this.#socket.onopen = () => this.#open();
    this.#socket.onmessage = ({ data }) => this.#hear(data);
    // An error is an end as well: where Node 22 cannot connect, it lets no close follow
    // (https://github.com/nodejs/undici/issues/3546). The handler stays to the end: the package ws throws an
    // error that nobody listens to.
    this.#socket.onerror = ({ message }) => this.end({ reason: failureOf(message) });
    this.#socket.onclose = ({ code, reason }) => this.end(endingOf(code, reason));
    this.giveUpUnless('connects', timing.answerWithinMs);
  }

  /** Whether the message is on its way. */
  override say(message: object): boolean {
    if (this.isOver || this.#socket.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  override close(): void {
    super.close();
    if (this.#socket.readyState === CLOSED) return;
    this.#socket.close();
    // The package ws waits half a minute for the other side, and keeps the process alive for it.
    if (typeof this.#socket.terminate === 'function') {
      const grace = setTimeout(() => this.#socket.terminate?.(), GRACE_MS);
      this.#socket.onclose = () => clearTimeout(grace);
    }
  }

  #open(): void {
    if (this.isOver) return;
    this.#awaitWords();
    this.listener.opened();
  }

  #hear(text: string): void {
    if (this.isOver) return;
    this.#awaitWords();
    this.listener.heard(text);
  }

  /** Pages do not see the pings of the protocol itself, so a client asks with a message. */
  #awaitWords(): void {
    this.after(this.#timing.pingAfterMs, () => {
      this.say({ event: 'ping' });
      this.giveUpUnless('answers', this.#timing.answerWithinMs);
    });
  }
}

/** Browsers do not say what it was. */
function failureOf(message: string | undefined): string {
  return message ? `The socket failed: ${message}` : 'The socket failed';
}

function endingOf(code: number, reason: string): Ending {
  const ending = { reason: `The socket was closed with ${code} ${reason}`.trim() };
  return code === SERVICE_RESTART ? { ...ending, waitMs: retryAfterMs(reason) } : ending;
}

/** Undefined where the reason does not say it: whoever stands between us and the service may have closed. */
function retryAfterMs(reason: string): number | undefined {
  const [, digits] = /"retry_after_ms"\s*:\s*(\d+)/.exec(reason) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
