import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../dist/application.js';
import { settingsFrom } from '../dist/config/environment.js';
import { KursLogger } from '../dist/config/kurs.logger.js';
import { UnitOfWork } from '../dist/database/unit-of-work.js';
import { RateEditsService } from '../dist/rates/editing/rate-edits.service.js';
import { row, spread } from './support/measure.mjs';
import { CLIENT_CORE, onCore } from './support/processes.mjs';

const CLIENTS = 1_000;
const ROUNDS = 100;

/** From the commit to the frame in the client's hands, over a thousand clients in another process. */
export async function fanOut() {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-'));
  const settings = settingsFrom({
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'kurs.db')}`,
    CBR_BASE_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'fatal',
  });
  const application = await Application.start(settings, new KursLogger(settings));
  await application.load();
  let committedAt = 0;
  application
    .get(UnitOfWork)
    .onCommit(() => (committedAt = performance.timeOrigin + performance.now()));
  const address = `${(await application.url()).replace('http', 'ws')}/ws/rates`;
  const words = ['bench/support/socket-clients.mjs', address, String(CLIENTS)];
  const clients = onCore(CLIENT_CORE, words, {});
  await message(clients);
  const medians = [];
  const lasts = [];
  for (let round = 0; round < ROUNDS; round++) {
    const told = message(clients);
    const rate = { code: 'ABC', name: `round ${round}`, value: '1.5' };
    await application.get(RateEditsService).create(rate, null);
    const delays = (await told).arrivals.map((arrival) => arrival - committedAt);
    medians.push(spread(delays).median);
    lasts.push(Math.max(...delays));
  }
  clients.kill();
  await application.stop();
  return [
    row(`commit to frame, median of ${CLIENTS} clients`, 'ms', medians, { atMost: 10 }),
    row('commit to frame, the last of them', 'ms', lasts),
  ];
}

function message(child) {
  return new Promise((resolve) => child.once('message', resolve));
}
