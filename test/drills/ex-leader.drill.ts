import type { Drill } from './drill.js';
import { startTwo, takesOver } from './two-instances.js';

const WRITERS = 4;
const CLIENTS = 2;

export const exLeader: Drill = {
  name: 'ex-leader',
  about:
    'the leading relay is suspended under writes, replaced, and resumed: its publishes are rejected',
  engines: ['PostgreSQL'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 10, seconds: 0 },

  async run(ground, { rounds }) {
    let [leader, other] = await startTwo(ground);
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(100);
      await takesOver(ground, other, () => leader.freeze());
      await ground.log.step('wake', () => leader.thaw());
      await ground.acknowledged(100);
      ground.say(`stopped and woken ${round} of ${rounds}`);
      [leader, other] = [other, leader];
    }
  },
};
