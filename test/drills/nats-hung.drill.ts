import type { Drill } from './drill.js';

const WRITERS = 6;
const CLIENTS = 2;

export const natsHung: Drill = {
  name: 'nats-hung',
  about: 'the broker hangs under writes (SIGSTOP), beyond the acknowledgement timeout',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 6 },
  long: { rounds: 3, seconds: 60 },

  async run(ground, { rounds, seconds }) {
    const { broker, checks, log } = ground;
    await broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(50);
      await log.step('broker hangs', () => broker.pause());
      const written = await ground.writeFor(seconds);
      const { backlog } = (await ground.statusOf(instance)).nats;
      const waiting = [0 < written && written <= backlog + WRITERS, backlog] as const;
      checks.holds(`while it hangs, writes go on and wait (${round})`, ...waiting);
      await log.step('broker wakes', () => broker.resume());
      ground.say(`hung ${round} of ${rounds}, ${written} written meanwhile, ${backlog} waited`);
    }
  },
};
