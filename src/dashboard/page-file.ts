import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A file of the page, ready to be sent. */
export class PageFile {
  private readonly hash: string;
  private compressed: Buffer | undefined;

  constructor(
    /** Where it is asked for: `/`, `/page/main.js`. */
    readonly path: string,
    /** Its media type, with the encoding of text. */
    readonly type: string,
    readonly bytes: Buffer,
  ) {
    this.hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  /** Compressed once, for the first client that accepts gzip: a start does not wait for it. */
  get gzipped(): Buffer {
    this.compressed ??= gzipSync(this.bytes, { level: 9 });
    return this.compressed;
  }

  /** Strong: it differs from one encoding to the other (RFC 9110, section 8.8.3.3). */
  tag(isGzipped: boolean): string {
    return isGzipped ? `"${this.hash}-gzip"` : `"${this.hash}"`;
  }
}
