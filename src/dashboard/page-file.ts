import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type PageEncoding = 'br' | 'gzip' | 'identity';

interface Traits {
  /** Compressed by Brotli; too slow to be done at the first request. */
  brotli?: Buffer;
  /** Other bytes will have another address. */
  isImmutable?: boolean;
  /** Content-Security-Policy, if it is not that of all answers. */
  policy?: string;
}

/** A file of the page, in memory. */
export class PageFile {
  readonly encodings: PageEncoding[];
  readonly isImmutable: boolean;
  readonly policy: string | undefined;
  private readonly hash: string;
  private readonly brotli: Buffer | undefined;
  private compressed: Buffer | undefined;

  constructor(
    /** Path of its route: `/`, `/page/client/kurs.js`. */
    readonly path: string,
    /** Media type with charset. */
    readonly type: string,
    readonly bytes: Buffer,
    { brotli, isImmutable = false, policy }: Traits = {},
  ) {
    this.brotli = brotli;
    this.isImmutable = isImmutable;
    this.policy = policy;
    this.encodings = brotli ? ['br', 'gzip', 'identity'] : ['gzip', 'identity'];
    this.hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  bytesIn(encoding: PageEncoding): Buffer {
    if (encoding === 'identity') return this.bytes;
    return encoding === 'br' && this.brotli ? this.brotli : this.gzipped;
  }

  /** Strong ETag, different for each encoding (RFC 9110, section 8.8.3.3). */
  tag(encoding: PageEncoding): string {
    return encoding === 'identity' ? `"${this.hash}"` : `"${this.hash}-${encoding}"`;
  }

  /** Compressed for the first client that accepts gzip, so that it does not delay the start. */
  private get gzipped(): Buffer {
    this.compressed ??= gzipSync(this.bytes, { level: 9 });
    return this.compressed;
  }
}
