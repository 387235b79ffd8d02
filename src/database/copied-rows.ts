import type pg from 'pg';
import type { Slices } from './slices.js';

/** The longest time of a timer. */
const NEVER_MS = 2 ** 31 - 1;

/** What pg hands to a query. */
type Connection = pg.Connection & { query(sql: string): void };
type QueryClient = pg.PoolClient & { connectionParameters: { query_timeout?: unknown } };

/**
 * Reads the rows of a `COPY … TO STDOUT` as they arrive, in slices: the server prepares the next ones meanwhile.
 *
 * @param take reads one row; it must not keep the buffer
 */
export function readCopied(
  client: pg.PoolClient,
  sql: string,
  take: (row: Buffer) => void,
  slices: Slices,
): Promise<void> {
  const { query_timeout } = (client as QueryClient).connectionParameters;
  return new Promise((resolve, reject) => {
    const end = (thrown?: Error) => (thrown ? reject(thrown) : resolve());
    client.query(new CopiedRows({ sql, take, slices, silenceMs: Number(query_timeout) }, end));
  });
}

interface Copying {
  sql: string;
  take: (row: Buffer) => void;
  slices: Slices;
  /** How long a connection may be silent; NaN: any time. */
  silenceMs: number;
}

/** A query as pg wants it. */
class CopiedRows implements pg.Submittable {
  /** pg's limit is for whole answers; this one has a limit between two rows. */
  readonly query_timeout = NEVER_MS;
  private rows: Buffer[] = [];
  private hasEnded = false;
  private failure: Error | undefined;
  private silence: NodeJS.Timeout | undefined;

  /** @param callback pg puts a function of its own around it, which ends its timer */
  constructor(
    private readonly copying: Copying,
    private readonly callback: (thrown?: Error) => void,
  ) {}

  submit(connection: pg.Connection): void {
    this.awaitMore(connection);
    (connection as Connection).query(this.copying.sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: pg.Connection): void {
    if (this.rows.push(chunk) > 1) return;
    // pg reuses the memory of rows for what arrives next.
    connection.stream.pause();
    clearTimeout(this.silence);
    void this.takeRows().finally(() => {
      if (!this.hasEnded) this.awaitMore(connection);
      connection.stream.resume();
    });
  }

  handleCommandComplete(): void {
    // The connection is of use to others only when the server is ready for a query.
  }

  handleReadyForQuery(): void {
    this.end();
  }

  handleError(thrown: Error): void {
    this.failure ??= thrown;
    this.end();
  }

  private awaitMore({ stream }: pg.Connection): void {
    const { silenceMs } = this.copying;
    const fail = () => stream.destroy(new Error('Query read timeout'));
    if (silenceMs > 0) this.silence = setTimeout(fail, silenceMs);
  }

  /** Takes the rows of one packet, which pg hands over at once. */
  private async takeRows(): Promise<void> {
    await Promise.resolve();
    const { take, slices } = this.copying;
    try {
      for (const row of this.rows) {
        if (this.failure) break;
        take(row);
        if (slices.isUsedUp) await slices.turn();
      }
    } catch (thrown) {
      this.failure ??= thrown as Error;
    }
    this.rows = [];
    if (this.hasEnded) this.callback(this.failure);
  }

  /** What the server says last. Rows that are still being taken come first. */
  private end(): void {
    this.hasEnded = true;
    clearTimeout(this.silence);
    if (this.rows.length === 0) this.callback(this.failure);
  }
}
