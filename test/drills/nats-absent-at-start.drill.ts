import type { Drill } from './drill.js';

const WRITERS = 6;
const CLIENTS = 2;

export const natsAbsentAtStart: Drill = {
  name: 'nats-absent-at-start',
  about: 'the service starts and accepts writes long before the broker exists',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 1 },
  long: { rounds: 1, seconds: 60 },

  async run(ground, { seconds }) {
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    const written = await ground.writeFor(seconds);
    const { seq, nats } = await ground.statusOf(instance);
    ground.checks.holds('without a broker, writes go on', written > 0, written);
    ground.checks.holds('the status says connecting', nats.state === 'connecting', nats.state);
    ground.checks.holds('everything waits', nats.backlog >= written, `${nats.backlog} of ${seq}`);
    await ground.log.step('broker up', () => ground.broker.up());
    await ground.acknowledged(50);
  },
};
