import type { Drill } from './drill.js';

const WRITERS = 40;
const CLIENTS = 3;
const WRITES_BETWEEN_KILLS = 100;

export const kill9: Drill = {
  name: 'kill9',
  about: 'the service is repeatedly killed with SIGKILL under forty writers',
  engines: ['SQLite', 'PostgreSQL'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 100, seconds: 0 },

  async run(ground, { rounds }) {
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(WRITES_BETWEEN_KILLS);
      await ground.log.step('kill', () => instance.kill());
      await ground.log.step('start', () => instance.start());
      ground.say(`kill ${round} of ${rounds}, ${ground.log.acknowledged} acknowledged`);
    }
    await ground.acknowledged(WRITES_BETWEEN_KILLS);
  },
};
