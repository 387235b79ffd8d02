import { eventually } from '../support/eventually.js';
import { LoadBalancer } from '../topology/load-balancer.js';
import type { Drill } from './drill.js';
import { startTwo } from './two-instances.js';

const WRITERS = 6;
const CLIENTS = 2;
const WRITES_BETWEEN = 50;

export const rollingRestart: Drill = {
  name: 'rolling-restart',
  about: 'two instances behind a balancer are restarted in turn, and no write fails',
  engines: ['PostgreSQL'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 50, seconds: 0 },

  async run(ground, { rounds }) {
    const instances = await startTwo(ground, { DRAIN_SECONDS: '1' });
    const balancer = await LoadBalancer.start();
    ground.atTheEnd(() => balancer.stop());
    balancer.balance(instances.map(({ url }) => url));
    const getRequests = () => instances.every(({ url }) => balancer.isReady(url));
    await eventually('both get requests', getRequests);
    await ground.listen(CLIENTS);
    ground.write(WRITERS, [balancer]);
    for (let round = 1; round <= rounds; round++) {
      for (const instance of instances) {
        await ground.acknowledged(WRITES_BETWEEN);
        await ground.log.step('stop', () => instance.stop());
        await ground.log.step('start again', () => instance.start());
        await eventually('both get requests', getRequests);
      }
      ground.say(`restart ${round} of ${rounds}`);
    }
    await ground.stopWriting();
    ground.checks.that(
      'no write failed',
      ground.log.operations.flatMap(({ op, result, detail }) =>
        result === 'acknowledged' ? [] : [`${op} ${result}: ${detail ?? ''}`],
      ),
    );
  },
};
