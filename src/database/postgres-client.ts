import { createRequire } from 'node:module';
import type pg from 'pg';

const require = createRequire(import.meta.url);

/** pg's message; the error has no code. */
const SILENCE = 'Query read timeout';

/**
 * pg's client, but it closes its connection after a `query_timeout`. pg itself returns such a connection to the pool,
 * where the next query waits behind the unanswered one.
 */
export function clientWithTimeout(): typeof pg.Client {
  const { Client } = require('pg') as typeof pg;
  return class ClientWithTimeout extends Client {
    override query(...words: unknown[]): never {
      const ask = super.query.bind(this) as (...words: unknown[]) => unknown;
      const answer = ask(...words);
      if (answer instanceof Promise)
        void answer.catch((thrown: unknown) => this.endIfSilent(thrown));
      return answer as never;
    }

    private endIfSilent(thrown: unknown): void {
      if (!(thrown instanceof Error) || thrown.message !== SILENCE) return;
      const { connection } = this as unknown as { connection: pg.Connection };
      connection.stream.destroy(thrown);
    }
  };
}
