import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { StreamReader } from '../support/stream-reader.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';

const WRITERS = 6;
const CLIENTS = 2;
const BACK_WITHIN_MS = 30_000;
/** An operator's setting: what is removed to be restored would be remembered for ten minutes. */
const DUPLICATE_WINDOW_MS = 200;

export const natsWiped: Drill = {
  name: 'nats-wiped',
  about:
    'the stream is deleted or the broker loses its disk; events continue, and the others are restored',
  engines: ['SQLite'],
  short: { rounds: 2, seconds: 0 },
  long: { rounds: 20, seconds: 0 },

  async run(ground, { rounds }) {
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(50);
      await ground.published(instance);
      if (round % 2 === 1) await ground.log.step('delete stream', () => deleteStream(ground));
      else await ground.log.step('lose disk', () => loseDisk(ground));
      await ground.acknowledged(50);
      await ground.published(instance, BACK_WITHIN_MS);
      await shortenWindow(ground);
      await ground.log.step('restore', () =>
        instance.command('events:republish', '--since', '0', '--purge'),
      );
      ground.say(`wiped and restored ${round} of ${rounds}, under writes`);
    }
  },
};

async function deleteStream({ broker }: DrillGround): Promise<void> {
  const reader = await StreamReader.connect(broker.url);
  const { streams } = await jetstreamManager(reader.nats);
  await streams.delete('RATES');
  await reader.close();
}

async function loseDisk({ broker }: DrillGround): Promise<void> {
  await broker.kill();
  broker.wipe();
  await broker.up();
}

async function shortenWindow({ broker }: DrillGround): Promise<void> {
  const reader = await StreamReader.connect(broker.url);
  const { streams } = await jetstreamManager(reader.nats);
  await streams.update('RATES', { duplicate_window: nanos(DUPLICATE_WINDOW_MS) });
  await reader.close();
}
