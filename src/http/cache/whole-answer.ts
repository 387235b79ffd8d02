import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ownBytes } from '../../common/own-bytes.js';
import { isCacheableForADay, isNamed, isUnchangedSince } from '../answers/index.js';
import { REQUEST_ID_HEADER, requestIdOf } from '../telemetry/index.js';
import { prefersGzip } from './encoding.js';
import { type Head, valueIn, without, withoutBody } from './head.js';

/** Gzips a body. */
export const compressed: (body: Buffer) => Promise<Buffer> = promisify(gzip);
/** Smaller bodies are not worth the header; in bytes. */
const LEAST_COMPRESSED = 1_024;
/** Approximate size of an entry without its bodies. */
const HEAD_BYTES = 4_096;

/** Whether to compress a body for a client. */
export function wantsGzip({ headers }: IncomingMessage, body: Buffer): boolean {
  return body.length >= LEAST_COMPRESSED && prefersGzip(headers['accept-encoding']);
}

/**
 * Cached answer with status 200, plain and compressed. The headers of HEAD do not depend on the body, so it is not
 * computed for them (RFC 9110, 9.3.2).
 */
export class WholeAnswer {
  /** Template of the route that responded. */
  readonly route: string;
  /** Largest memory use, in bytes. */
  readonly size: number;
  private readonly etag: string | undefined;
  private readonly lastModified: string | undefined;
  private readonly isOfToday: boolean;
  private readonly body: Buffer;
  /** Without headers that depend on the encoding or the time. */
  private readonly head: Head;
  private unchanged: Head | undefined;
  private gzipped: Buffer | undefined;

  /** `cacheControl` computes the header of answers about today, whose lifetime decreases every second. */
  constructor(
    { head, body, route }: { head: Head; body: Buffer; route: string },
    private readonly cacheControl: () => string,
  ) {
    this.route = route;
    this.etag = valueIn(head, 'etag');
    this.lastModified = valueIn(head, 'last-modified');
    this.isOfToday = this.etag !== undefined && !isCacheableForADay(this.etag);
    this.head = this.isOfToday ? without(head, (name) => name === 'cache-control') : head;
    this.body = ownBytes(body);
    this.size = 2 * body.length + HEAD_BYTES;
  }

  /** Whether it can be sent to this client without a call of `compress`. */
  isReadyFor(request: IncomingMessage): boolean {
    return (
      this.gzipped !== undefined || request.method === 'HEAD' || !wantsGzip(request, this.body)
    );
  }

  async compress(): Promise<Buffer> {
    this.gzipped = ownBytes(await compressed(this.body));
    return this.gzipped;
  }

  /** The response for this client: 304, headers only, or the body in its preferred encoding. */
  answerTo(request: IncomingMessage): { status: number; head: Head; body?: Buffer } {
    const known = request.headers['if-none-match'];
    const isKnown =
      known === undefined
        ? isUnchangedSince(this.lastModified, request.headers['if-modified-since'])
        : this.etag !== undefined && isNamed(this.etag, known);
    if (isKnown) {
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

  /** Adds the headers of a single answer. */
  private headFor(request: IncomingMessage, head: Head): string[] {
    const own = [...head, REQUEST_ID_HEADER, requestIdOf(request)];
    if (this.isOfToday) own.push('Cache-Control', this.cacheControl());
    return own;
  }
}
