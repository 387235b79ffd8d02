import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A file of the page, in memory. */
export class PageFile {
  private readonly hash: string;
  private compressed: Buffer | undefined;

  constructor(
    /** Path of its route: `/`, `/page/main.js`. */
    readonly path: string,
    /** Media type with charset. */
    readonly type: string,
    readonly bytes: Buffer,
  ) {
    this.hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  /** Compressed for the first client that accepts gzip, so that it does not delay the start. */
  get gzipped(): Buffer {
    this.compressed ??= gzipSync(this.bytes, { level: 9 });
    return this.compressed;
  }

  /** Strong ETag, different for each encoding (RFC 9110, section 8.8.3.3). */
  tag(isGzipped: boolean): string {
    return isGzipped ? `"${this.hash}-gzip"` : `"${this.hash}"`;
  }
}
