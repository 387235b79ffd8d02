import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { eventually } from '../support/eventually.js';
import { StreamReader } from '../support/stream-reader.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import type { Instance } from './instance.js';

const WRITERS = 6;
const CLIENTS = 2;
/** An operator's setting, which the service leaves alone. */
const DUPLICATE_WINDOW_MS = 200;

export const ackLost: Drill = {
  name: 'ack-lost',
  about:
    'acknowledgements are lost; the service is killed and restarted after the duplicate window',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 0 },
  long: { rounds: 20, seconds: 0 },

  async run(ground, { rounds }) {
    await ground.broker.up();
    await createStream(ground);
    const proxy = await TcpProxy.start(ground.broker.port);
    ground.atTheEnd(() => proxy.stop());
    const instance = await ground.start({ NATS_URL: `nats://127.0.0.1:${proxy.port}` });
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(50);
      await ground.published(instance);
      await ground.log.step('lose acks', () => proxy.swallow('to-client'));
      let lost = 0;
      await eventually('events arrive whose acknowledgements are lost', async () => {
        lost = await unacknowledged(ground, instance);
        return lost > 0 && proxy.swallowedBytes > 0;
      });
      await ground.log.step('kill', () => instance.kill());
      proxy.heal();
      await pause(2 * DUPLICATE_WINDOW_MS);
      await ground.log.step('start', () => instance.start());
      ground.say(`lost the acknowledgements of ${lost} events, ${round} of ${rounds}`);
    }
    await ground.acknowledged(50);
  },
};

async function createStream({ broker }: DrillGround): Promise<void> {
  const reader = await StreamReader.connect(broker.url);
  const { streams } = await jetstreamManager(reader.nats);
  await streams.add({
    name: 'RATES',
    subjects: ['rates.events.>'],
    storage: StorageType.File,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  });
  await reader.close();
}

/** How many events the broker has, and the service does not know of it. */
async function unacknowledged(ground: DrillGround, instance: Instance): Promise<number> {
  const { seq, nats } = await ground.statusOf(instance);
  const reader = await StreamReader.connect(ground.broker.url);
  const newest = await reader.newestSeq();
  await reader.close();
  return newest - (seq - nats.backlog);
}
