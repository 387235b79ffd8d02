import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import type { Drill } from './drill.js';
import { CURRENCIES, sheetOf, startTwo } from './two-instances.js';

const WRITERS = 3;
const CLIENTS = 2;

export const twoInstancesRace: Drill = {
  name: 'two-instances-race',
  about: 'two instances fetch the same sheet at the same time, under writes to both',
  engines: ['PostgreSQL'],
  short: { rounds: 3, seconds: 0 },
  long: { rounds: 200, seconds: 0 },

  async run(ground, { rounds }) {
    const instances = await startTwo(ground);
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    const knowsOfSheet = instances.map((instance) => async () => {
      return (await ground.statusOf(instance)).last_run?.result === 'success';
    });
    for (const knows of knowsOfSheet) await eventually('both know of the first sheet', knows);
    let saved = 0;
    for (let round = 1; round <= rounds; round++) {
      ground.bank.publish(sheetOf(round));
      const runs = [...instances, ...instances].map(({ url }) =>
        ground.log.step('run', () => getJson<Run>(`${url}/tasks/run`, { method: 'POST' })),
      );
      for (const run of await Promise.all(runs)) saved += run.saved;
      if (round % 20 === 0) ground.say(`race ${round} of ${rounds}`);
    }
    const wanted = rounds * CURRENCIES;
    ground.checks.holds(
      'each rate was saved by one run',
      saved === wanted,
      `${saved}, not ${wanted}`,
    );
  },
};

interface Run {
  saved: number;
}
