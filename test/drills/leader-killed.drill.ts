import { eventually } from '../support/eventually.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import type { Instance } from './instance.js';
import { CURRENCIES, sheetOf, startTwo, TAKE_OVER_MS, takesOver } from './two-instances.js';

const WRITERS = 4;
const CLIENTS = 2;

export const leaderKilled: Drill = {
  name: 'leader-killed',
  about: 'the leader of two instances is killed; the other takes over',
  engines: ['PostgreSQL'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 10, seconds: 0 },

  async run(ground, { rounds }) {
    let [leader, other] = await startTwo(ground, { CBR_POLL_SECONDS: '2' });
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(100);
      await takesOver(ground, other, () => leader.kill());
      await fetches(ground, other, round);
      await ground.log.step('start', () => leader.start());
      await ground.acknowledged(100);
      ground.say(`killed ${round} of ${rounds}`);
      [leader, other] = [other, leader];
    }
  },
};

/** The successor asks the bank as well, and is told of the next sheet. */
async function fetches({ bank, log }: DrillGround, successor: Instance, round: number) {
  const saved = () => successor.output.split(`saved ${CURRENCIES} records`).length;
  const before = saved();
  bank.publish(sheetOf(round));
  await log.step('fetch', () =>
    eventually('the other fetches', () => saved() > before, TAKE_OVER_MS),
  );
}
