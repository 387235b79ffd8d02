import { type Block, EventStreamParser } from './event-stream-parser.js';
import type { Position } from './messages.js';
import type { Address, Ending, Listener, Timing } from './transport.js';
import { TransportBase } from './transport-base.js';

/** What no further try can change. */
const FINAL = new Set([403, 404, 422]);
const MEDIA_TYPE = 'text/event-stream';

/** The stream of the body, which the types of Node and of browsers name differently. */
interface ByteStream {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }> };
}

interface Problem {
  code?: string;
  detail?: string;
}

interface Failure {
  message: string;
  cause?: { message?: string; code?: string };
}

/**
 * The way to the service by server-sent events over fetch. It tells its listener `opened()`, `heard(text)`,
 * `reached({ log_id, seq })` and, once and at the very end, `ended({ reason, atLeastMs?, refusal? })`; after
 * `close()` nothing.
 */
export class StreamTransport extends TransportBase {
  readonly #timing: Timing;
  readonly #abort = new AbortController();
  #retryMs: number | undefined;

  constructor(url: string, listener: Listener, { timing }: Pick<Address, 'timing'>) {
    super(listener);
    this.#timing = timing;
    this.giveUpUnless('connects', timing.answerWithinMs);
    this.#listen(url).then(
      (ending) => this.end(ending),
      (failure: unknown) => this.end({ reason: `The stream broke off: ${causeOf(failure)}` }),
    );
  }

  /** Nothing can be said by this way. */
  override say(): boolean {
    return false;
  }

  override close(): void {
    super.close();
    this.#abort.abort();
  }

  async #listen(url: string): Promise<Ending> {
    const headers = { Accept: MEDIA_TYPE };
    const { signal } = this.#abort;
    // Node's own types do not know `cache`.
    const request: RequestInit & { cache: 'no-store' } = { headers, signal, cache: 'no-store' };
    const response = await fetch(url, request);
    if (!response.ok) return refusalOf(response);
    const type = response.headers.get('Content-Type') ?? 'nothing';
    if (!type.startsWith(MEDIA_TYPE)) return { reason: `The answer is ${type}, no stream` };
    if (this.isOver) return { reason: 'closed' };
    this.#awaitWords();
    this.listener.opened();
    await this.#read(response.body as ByteStream);
    return { reason: 'The service ended the stream' };
  }

  async #read(body: ByteStream): Promise<void> {
    const parser = new EventStreamParser((block) => this.#take(block));
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.isOver) return;
      this.#awaitWords();
      parser.push(decoder.decode(value, { stream: true }));
    }
  }

  #take({ id, data, retry }: Block): void {
    if (this.isOver) return;
    if (retry !== undefined) this.#retryMs = retry;
    if (data !== undefined) this.listener.heard(data);
    // The id of a message is its own place, which it has told by itself.
    else if (id) this.listener.reached(positionIn(id));
  }

  #awaitWords(): void {
    this.giveUpUnless('speaks', this.#timing.silenceMs);
  }

  protected override end(ending: Ending): void {
    super.end({ atLeastMs: this.#retryMs, ...ending });
  }
}

function positionIn(id: string): Position {
  const colon = id.lastIndexOf(':');
  return { log_id: id.slice(0, colon), seq: Number(id.slice(colon + 1)) };
}

async function refusalOf(response: Response): Promise<Ending> {
  const { status } = response;
  const problem = await problemIn(response);
  const message = problem.detail ?? `The service answers ${status}`;
  const reason = `Refused with ${status}: ${message}`;
  if (FINAL.has(status)) {
    return { reason, refusal: { code: problem.code ?? `http.${status}`, message, status } };
  }
  return { reason, atLeastMs: retryAfterMs(response.headers.get('Retry-After')) };
}

/** A balancer in between may refuse in words of its own: then the status must do. */
async function problemIn(response: Response): Promise<Problem> {
  if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) return {};
  return (await response.json()) as Problem;
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(text: string | null): number | undefined {
  if (text === null) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

/** Node's fetch fails with "fetch failed", and its cause says why. */
function causeOf(failure: unknown): string {
  const { message, cause } = failure as Failure;
  return [cause?.message, cause?.code].find((text) => text) ?? message;
}
