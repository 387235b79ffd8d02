import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ownBytes } from '../../common/own-bytes.js';
import { isKeptForADay, isNamed } from '../conditional-get.js';
import { REQUEST_ID_HEADER, requestIdOf } from '../request-id.js';
import { prefersGzip } from './encoding.js';
import { type Head, valueIn, varyByEncoding, without, withoutBody } from './head.js';

const compressed = promisify(gzip);
/** Less is not worth the header that says so; in bytes. */
const LEAST_COMPRESSED = 1_024;
/** What an entry takes beside its bodies, about. */
const HEAD_BYTES = 4_096;

interface Encoded {
  head: Head;
  body: Buffer;
}

/**
 * An answer of 200 as bytes, ready for every client: as it is and compressed. What HEAD is told does not depend
 * on the body, so that it need not be made for it (RFC 9110, 9.3.2).
 */
export class WholeAnswer {
  /** The template of the route that has answered. */
  readonly route: string;
  /** Memory that it takes at most, in bytes. */
  readonly size: number;
  private readonly etag: string | undefined;
  private readonly isOfToday: boolean;
  private readonly asItIs: Encoded;
  private readonly bare: Head;
  private readonly unchanged: Head;
  private gzipped: Encoded | undefined;

  /** `cacheControl` says for how long answers about today may be kept: a second less every second. */
  constructor(
    { head, body, route }: { head: Head; body: Buffer; route: string },
    private readonly cacheControl: () => string,
  ) {
    this.route = route;
    this.etag = valueIn(head, 'etag');
    this.isOfToday = this.etag !== undefined && !isKeptForADay(this.etag);
    const isSaidAnew = (name: string) =>
      ['vary', 'content-length', ...(this.isOfToday ? ['cache-control'] : [])].includes(name);
    const vary = varyByEncoding(valueIn(head, 'vary'));
    const lasting = [...without(head, isSaidAnew), 'Vary', vary];
    this.bare = lasting;
    this.asItIs = {
      head: [...lasting, 'Content-Length', String(body.length)],
      body: ownBytes(body),
    };
    this.unchanged = withoutBody(lasting);
    this.size = 2 * body.length + HEAD_BYTES;
  }

  /** Whether it can be sent to this client as it is; else `compress` first. */
  isReadyFor(request: IncomingMessage): boolean {
    return this.gzipped !== undefined || request.method === 'HEAD' || !this.wantsGzip(request);
  }

  async compress(): Promise<void> {
    const body = ownBytes(await compressed(this.asItIs.body));
    const ofGzip = ['Content-Encoding', 'gzip', 'Content-Length', String(body.length)];
    this.gzipped = { head: [...this.bare, ...ofGzip], body };
  }

  /** What this client is told: 304, the head alone, or the body in the encoding that it prefers. */
  answerTo(request: IncomingMessage): { status: number; head: Head; body?: Buffer } {
    const known = request.headers['if-none-match'];
    if (known !== undefined && this.etag !== undefined && isNamed(this.etag, known)) {
      return { status: 304, head: this.headFor(request, this.unchanged) };
    }
    if (request.method === 'HEAD') return { status: 200, head: this.headFor(request, this.bare) };
    const { head, body } = (this.wantsGzip(request) ? this.gzipped : undefined) ?? this.asItIs;
    return { status: 200, head: this.headFor(request, head), body };
  }

  private wantsGzip({ headers }: IncomingMessage): boolean {
    return this.asItIs.body.length >= LEAST_COMPRESSED && prefersGzip(headers['accept-encoding']);
  }

  /** With what belongs to this one answer. */
  private headFor(request: IncomingMessage, head: Head): Head {
    const own = [...head, REQUEST_ID_HEADER, requestIdOf(request)];
    if (this.isOfToday) own.push('Cache-Control', this.cacheControl());
    return own;
  }
}
