import { createRequire } from 'node:module';
import type pg from 'pg';

const require = createRequire(import.meta.url);

/** pg's own words: it gives this error no code. */
const SILENCE = 'Query read timeout';

/**
 * pg's client, but one that has waited in vain for an answer (`query_timeout`) ends its connection. By itself
 * pg gives it back to the pool, where whoever gets it next waits behind the question that was never answered.
 */
export function impatientClient(): typeof pg.Client {
  const { Client } = require('pg') as typeof pg;
  return class ImpatientClient extends Client {
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
