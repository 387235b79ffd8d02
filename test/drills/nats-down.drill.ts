import { eventually } from '../support/eventually.js';
import type { Drill } from './drill.js';

const WRITERS = 6;
const CLIENTS = 2;

export const natsDown: Drill = {
  name: 'nats-down',
  about: 'the broker is killed under writes, and restarted later',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 1 },
  long: { rounds: 1, seconds: 60 },

  async run(ground, { rounds, seconds }) {
    const { broker, checks, log } = ground;
    await broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    const state = (wanted: string) =>
      eventually(`the broker is ${wanted}`, async () => {
        return (await ground.statusOf(instance)).nats.state === wanted;
      });
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(50);
      await log.step('broker down', () => broker.kill());
      await state('disconnected');
      const written = await ground.writeFor(seconds);
      const { backlog } = (await ground.statusOf(instance)).nats;
      const waiting = [0 < written && written <= backlog + WRITERS, backlog] as const;
      checks.holds(`while it is down, writes go on and wait (${round})`, ...waiting);
      await log.step('broker up', () => broker.up());
      await state('connected');
      ground.say(`down ${round} of ${rounds}, ${written} written meanwhile, ${backlog} waited`);
    }
  },
};
