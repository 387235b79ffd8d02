import { setTimeout as pause } from 'node:timers/promises';
import { PostgresServer } from '../support/postgres-server.js';
import type { Drill } from './drill.js';

const WRITERS = 6;
const CLIENTS = 2;
const BACK_WITHIN_MS = 30_000;

export const pgRestart: Drill = {
  name: 'pg-restart',
  about: 'PostgreSQL crashes under writes, and is restarted later',
  engines: ['PostgreSQL'],
  short: { rounds: 1, seconds: 1 },
  long: { rounds: 20, seconds: 10 },
  database: () => PostgresServer.start(),

  async run(ground, { rounds, seconds }) {
    const server = ground.database;
    if (!(server instanceof PostgresServer)) throw new Error('The drill needs its own PostgreSQL');
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(50);
      await ground.log.step('crash', () => server.crash());
      await pause(seconds * 1_000);
      const { status, headers } = await fetch(`${instance.url}/rates/get?limit=1`);
      const answer = `${status}, Retry-After ${headers.get('retry-after')}`;
      const isRefused = status === 503 && headers.get('retry-after') !== null;
      ground.checks.holds(
        `without it, /rates/get is refused with 503 (${round})`,
        isRefused,
        answer,
      );
      await ground.log.step('start again', () => server.startAgain());
      await ground.acknowledged(50, BACK_WITHIN_MS);
      ground.say(`restarted ${round} of ${rounds}`);
    }
  },
};
