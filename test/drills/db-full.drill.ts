import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import { Sqlite } from '../../src/database/sqlite.js';

const WRITERS = 6;
const CLIENTS = 2;
const BALLAST_BYTES = 400_000;
/** The room for rates, in pages of 4096 bytes. */
const ROOM_PAGES = 60;

export const dbFull: Drill = {
  name: 'db-full',
  about:
    'SQLite has no free page: reads continue, writes get 503 without a trace, and resume with free space',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 20, seconds: 0 },

  async run(ground, { rounds }) {
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.log.step('stop', () => instance.stop());
      const pages = takeRoom(ground);
      const DATABASE_URL = `${ground.database.url}?max_page_count=${pages + ROOM_PAGES}`;
      await ground.log.step('start', () => instance.start({ DATABASE_URL }));
      await eventually('it is full', () => refusals(ground) >= round * WRITERS);
      const rates = await getJson<unknown[]>(`${instance.url}/rates/get?limit=5`);
      ground.checks.holds(`when it is full, reads go on (${round})`, rates.length === 5, rates);
      await ground.log.step('make room', () => giveRoom(ground));
      await ground.acknowledged(50);
      ground.say(`full ${round} of ${rounds}, ${refusals(ground)} refused so far`);
    }
  },
};

function refusals({ log }: DrillGround): number {
  return log.operations.filter(({ detail }) => detail?.includes('"code":"database.full"')).length;
}

/** Something else in the file takes much of it; how many pages there are then. */
function takeRoom({ database }: DrillGround): number {
  const file = new Sqlite(database.url.slice('sqlite:'.length));
  file.exec('CREATE TABLE ballast (bytes BLOB)');
  file.prepare('INSERT INTO ballast VALUES (zeroblob(?))').run(BALLAST_BYTES);
  const pages = file.pragma('page_count', { simple: true }) as number;
  file.close();
  return pages;
}

/** What was in the way is removed, as an operator would with a full disk, while the service runs. */
function giveRoom({ database }: DrillGround): void {
  const file = new Sqlite(database.url.slice('sqlite:'.length), { timeout: 10_000 });
  file.exec('DROP TABLE ballast');
  file.close();
}
