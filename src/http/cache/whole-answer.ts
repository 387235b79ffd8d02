import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ownBytes } from '../../common/own-bytes.js';
import { isKeptForADay, isNamed } from '../answers/index.js';
import { REQUEST_ID_HEADER, requestIdOf } from '../telemetry/index.js';
import { prefersGzip } from './encoding.js';
import { type Head, valueIn, without, withoutBody } from './head.js';

/** As gzip. */
export const compressed: (body: Buffer) => Promise<Buffer> = promisify(gzip);
/** Less is not worth the header that says so; in bytes. */
const LEAST_COMPRESSED = 1_024;
/** What an entry takes beside its bodies, about. */
const HEAD_BYTES = 4_096;

/** Whether a client gets a body compressed. */
export function wantsGzip({ headers }: IncomingMessage, body: Buffer): boolean {
  return body.length >= LEAST_COMPRESSED && prefersGzip(headers['accept-encoding']);
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
  private readonly body: Buffer;
  /** Without what depends on the encoding, and on the moment. */
  private readonly head: Head;
  private unchanged: Head | undefined;
  private gzipped: Buffer | undefined;

  /** `cacheControl` says for how long answers about today may be kept: a second less every second. */
  constructor(
    { head, body, route }: { head: Head; body: Buffer; route: string },
    private readonly cacheControl: () => string,
  ) {
    this.route = route;
    this.etag = valueIn(head, 'etag');
    this.isOfToday = this.etag !== undefined && !isKeptForADay(this.etag);
    this.head = this.isOfToday ? without(head, (name) => name === 'cache-control') : head;
    this.body = ownBytes(body);
    this.size = 2 * body.length + HEAD_BYTES;
  }

  /** Whether it can be sent to this client as it is; else `compress` first. */
  isReadyFor(request: IncomingMessage): boolean {
    return (
      this.gzipped !== undefined || request.method === 'HEAD' || !wantsGzip(request, this.body)
    );
  }

  async compress(): Promise<Buffer> {
    this.gzipped = ownBytes(await compressed(this.body));
    return this.gzipped;
  }

  /** What this client is told: 304, the head alone, or the body in the encoding that it prefers. */
  answerTo(request: IncomingMessage): { status: number; head: Head; body?: Buffer } {
    const known = request.headers['if-none-match'];
    if (known !== undefined && this.etag !== undefined && isNamed(this.etag, known)) {
      this.unchanged ??= withoutBody(this.head);
      return { status: 304, head: this.headFor(request, this.unchanged) };
    }
    const head = this.headFor(request, this.head);
    if (request.method === 'HEAD') return { status: 200, head };
    const gzipped = wantsGzip(request, this.body) ? this.gzipped : undefined;
    if (gzipped) head.push('Content-Encoding', 'gzip');
    const body = gzipped ?? this.body;
    head.push('Content-Length', String(body.length));
    return { status: 200, head, body };
  }

  /** With what belongs to this one answer. */
  private headFor(request: IncomingMessage, head: Head): string[] {
    const own = [...head, REQUEST_ID_HEADER, requestIdOf(request)];
    if (this.isOfToday) own.push('Cache-Control', this.cacheControl());
    return own;
  }
}
