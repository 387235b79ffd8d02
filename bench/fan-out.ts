import { UnitOfWork } from '#built/database/unit-of-work.js';
import { RateEditsService } from '#built/rates/editing/rate-edits.service.js';
import { startInProcess } from './support/in-process.js';
import { nextAnswer } from './support/live-server.js';
import { type Benchmark, row, spread } from './support/measure.js';
import { CLIENT_CORE, onCore } from './support/processes.js';
import { program } from './support/programs.js';
import type { Arrived } from './support/socket-clients.js';
import { newDatabase } from './support/stored-rates.js';

const CLIENTS = 1_000;
const ROUNDS = 100;

/** From the commit to the frame at the client, over a thousand clients in another process. */
export const fanOut: Benchmark = async () => {
  const application = await startInProcess({ DATABASE_URL: `sqlite:${newDatabase()}` });
  let committedAt = 0;
  application.get(UnitOfWork).onCommit(() => {
    committedAt = performance.timeOrigin + performance.now();
  });
  const address = `${(await application.url()).replace('http', 'ws')}/ws/rates`;
  const words = [address, String(CLIENTS)];
  const clients = onCore(CLIENT_CORE, program('socket-clients'), { words });
  await nextAnswer(clients);
  const medians: number[] = [];
  const lasts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const arrived = nextAnswer(clients) as Promise<Arrived>;
    const rate = { code: 'ABC', name: `round ${round}`, value: '1.5' };
    await application.get(RateEditsService).create(rate, null);
    const delays = (await arrived).arrivals.map((arrival) => arrival - committedAt);
    medians.push(spread(delays).median);
    lasts.push(Math.max(...delays));
  }
  clients.kill();
  await application.stop();
  return [
    row(`commit to frame, median of ${CLIENTS} clients`, 'ms', medians, { atMost: 10 }),
    row('commit to frame, the last of them', 'ms', lasts),
  ];
};
