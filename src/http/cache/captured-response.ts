import type { ServerResponse } from 'node:http';

const NOTHING = Buffer.alloc(0);

/** `write` and `end` have several overloads. */
type Pass = (...words: unknown[]) => unknown;

/**
 * Buffers a response until it is complete, so that it can be sent and cached as a whole. A response above `mostBytes`
 * is streamed instead.
 */
export class CapturedResponse {
  private chunks: Buffer[] = [];
  private size = 0;
  private isHolding = true;

  /**
   * `onWhole` is called once, instead of the response's end, unless the response is streamed. It gets the body, and a
   * function that ends the response with any body.
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly mostBytes: number,
    private readonly onWhole: (body: Buffer, end: (body?: Buffer) => void) => void,
  ) {
    const write = response.write.bind(response) as Pass;
    const end = response.end.bind(response) as Pass;
    response.write = ((...words: unknown[]) => {
      if (!this.isHolding) return write(...words);
      const { chunk, done } = written(words);
      this.hold(chunk);
      if (this.size > this.mostBytes) this.letThrough(write);
      if (done) process.nextTick(done);
      return true;
    }) as ServerResponse['write'];
    response.end = ((...words: unknown[]) => {
      if (!this.isHolding) return end(...words);
      const { chunk, done } = written(words);
      this.hold(chunk);
      this.isHolding = false;
      if (done) response.once('finish', done);
      const [only = NOTHING, ...others] = this.chunks;
      const whole = others.length === 0 ? only : Buffer.concat(this.chunks);
      this.chunks = [];
      this.onWhole(whole, end);
      return response;
    }) as ServerResponse['end'];
  }

  private hold(chunk: Buffer | undefined): void {
    if (chunk === undefined) return;
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  private letThrough(write: Pass): void {
    this.isHolding = false;
    for (const chunk of this.chunks) write(chunk);
    this.chunks = [];
  }
}

/** Parses the arguments of `write` and `end`: chunk, encoding and callback, each optional. */
function written(words: unknown[]): { chunk: Buffer | undefined; done: (() => void) | undefined } {
  const done = words.find((word): word is () => void => typeof word === 'function');
  const [chunk, encoding] = words;
  if (Buffer.isBuffer(chunk)) return { chunk, done };
  if (chunk instanceof Uint8Array) return { chunk: Buffer.from(chunk), done };
  if (typeof chunk !== 'string') return { chunk: undefined, done };
  const named = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
  return { chunk: Buffer.from(chunk, named), done };
}
