import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../support/random.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import type { Instance } from './instance.js';

const CLIENTS = 50;
const WRITERS = 4;
const EVENTS_A_ROUND = 50;
const LONGEST_HOLE_MS = 1_000;
const FAULTS = ['reset', 'black hole', 'kill', 'one way'] as const;

/** Each round is one cut, under fifty events or more. */
export const socketChaos: Drill = {
  name: 'socket-chaos',
  about: 'fifty live clients are reset, black-holed and moved between instances, which are killed',
  engines: ['SQLite', 'PostgreSQL'],
  // A fleet of two has the faults of one instance as well.
  shortEngines: ['PostgreSQL'],
  short: { rounds: 4, seconds: 0 },
  long: { rounds: 40, seconds: 0 },

  async run(ground, { rounds }) {
    const random = new Random(rounds);
    await ground.broker.up();
    const instances = [await ground.start()];
    if (!ground.database.url.startsWith('sqlite:')) instances.push(await ground.start());
    const places = await Promise.all(instances.map((instance) => placeOf(ground, instance)));
    await ground.admit(
      Array.from({ length: CLIENTS }, (_, index) => ({
        // Another instance each time, by chance.
        url: () => `http://127.0.0.1:${random.of(places).network.port}`,
        mostCuts: () => Infinity,
        face: index % 4 === 3 ? ('stream' as const) : ('socket' as const),
        ...(index % 3 === 2 && { codes: [`W${1 + (index % WRITERS)}`, 'X000'] }),
      })),
    );
    ground.write(WRITERS, instances.slice(0, 1));
    let left: Fault[] = [];
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(EVENTS_A_ROUND);
      const place = random.of(places);
      // In any order, and none for a second time before the others have been.
      if (left.length === 0) left = [...FAULTS];
      const fault = random.of(left);
      left = left.filter((each) => each !== fault);
      await ground.log.step(fault, () => bringAbout(fault, place, random));
      ground.say(`${round} of ${rounds}: ${fault}`);
    }
    await ground.acknowledged(EVENTS_A_ROUND);
    ground.checks.holds(
      'clients were disconnected',
      ground.clients.filter(({ connections }) => connections.length > 1).length > CLIENTS / 2,
      ground.clients.map(({ connections }) => connections.length),
    );
  },
};

type Fault = (typeof FAULTS)[number];

/** An instance, and the network by which clients reach it; the writers do not use it. */
interface Place {
  instance: Instance;
  network: TcpProxy;
}

async function bringAbout(
  fault: Fault,
  { instance, network }: Place,
  random: Random,
): Promise<void> {
  if (fault === 'kill') {
    await instance.kill();
    await instance.start();
  } else if (fault === 'reset') network.cut();
  else {
    if (fault === 'one way') network.swallow('to-client');
    else network.swallow();
    await pause(random.whole(50, LONGEST_HOLE_MS));
    // Who has lost something is told so, as by a network that wakes.
    network.heal();
  }
}

async function placeOf(ground: DrillGround, instance: Instance): Promise<Place> {
  const network = await TcpProxy.inFrontOf(instance.url);
  ground.atTheEnd(() => network.stop());
  return { instance, network };
}
