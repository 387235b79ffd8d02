import { createRequire } from 'node:module';
import type pg from 'pg';

const require = createRequire(import.meta.url);

/** pg's message; the error has no code. */
const SILENCE = 'Query read timeout';

/** Longest wait for the server to close a connection, in milliseconds: pg waits, and keeps the process, for ever. */
const CLOSED_WITHIN_MS = 2_000;

/**
 * pg's client, but it closes its connection after a `query_timeout`. pg itself returns such a connection to the pool,
 * where the next query waits behind the unanswered one.
 *
 * @param giveUp closes all connections, open and new: what waits for an answer fails at once
 */
export function clientWithTimeout(giveUp?: AbortSignal): typeof pg.Client {
  const { Client } = require('pg') as typeof pg;
  const open = new Set<{ giveUp(): void }>();
  // One listener for all: Node takes more than ten for a leak.
  giveUp?.addEventListener('abort', () => open.forEach((client) => client.giveUp()));
  return class ClientWithTimeout extends Client {
    override connect(...words: unknown[]): never {
      open.add(this);
      this.once('end', () => open.delete(this));
      const connect = super.connect.bind(this) as (...words: unknown[]) => unknown;
      const connected = connect(...words);
      if (giveUp?.aborted) this.giveUp();
      return connected as never;
    }

    override query(...words: unknown[]): never {
      const ask = super.query.bind(this) as (...words: unknown[]) => unknown;
      const answer = ask(...words);
      if (answer instanceof Promise)
        void answer.catch((thrown: unknown) => this.endIfSilent(thrown));
      return answer as never;
    }

    override end(...words: unknown[]): never {
      setTimeout(() => this.destroy(), CLOSED_WITHIN_MS).unref();
      const end = super.end.bind(this) as (...words: unknown[]) => unknown;
      return end(...words) as never;
    }

    giveUp(): void {
      this.destroy(new Error(SILENCE));
    }

    private endIfSilent(thrown: unknown): void {
      if (thrown instanceof Error && thrown.message === SILENCE) this.destroy(thrown);
    }

    private destroy(because?: Error): void {
      const { connection } = this as unknown as { connection: pg.Connection };
      connection.stream.destroy(because);
    }
  };
}
