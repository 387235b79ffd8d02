import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { Random } from '../support/random.js';
import type { Drill } from './drill.js';
import { hostileHttp } from './hostile-http.js';
import type { Instance } from './instance.js';
import { memoryOf, openFiles } from './process-figures.js';

const AT_ONCE = 50;
const WRITERS = 1;
const LONGEST_STAY_MS = 30;
/** An answer of HTTP with its status; Node itself has no reason for a version that it does not speak. */
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n/;
const LITTLE_MEMORY = '--max-old-space-size=128 --max-semi-space-size=1';
const GROWTH_BYTES = 40 * 1024 * 1024;

/** Each round is fifty strangers at once. */
export const httpRaw: Drill = {
  name: 'http-raw',
  about: 'clients send bytes that are not HTTP, or too many',
  engines: ['SQLite'],
  short: { rounds: 20, seconds: 0 },
  long: { rounds: 200, seconds: 0 },

  async run(ground, { rounds }) {
    const random = new Random(rounds);
    await ground.broker.up();
    const instance = await ground.start({
      NODE_OPTIONS: LITTLE_MEMORY,
      REQUEST_TIMEOUT_SECONDS: '2',
    });
    // Beside them somebody works whose answers must be his own.
    ground.write(WRITERS);
    const files = openFiles(instance);
    let middle = 0;
    const complaints: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      const strangers = Array.from({ length: AT_ONCE }, () => intrude(instance, random));
      complaints.push(...(await Promise.all(strangers)).flat());
      if (round === Math.ceil(rounds / 2)) middle = memoryOf(instance);
      if (round % 20 === 0) ground.say(`${round * AT_ONCE} strangers`);
    }
    const end = memoryOf(instance);
    ground.checks.that('every answer is one of HTTP, and none is a failure of ours', complaints);
    ground.checks.holds('the process was never ended', instance.ends === 0, instance.ends);
    const isLogged = /ERROR|Unhandled|TypeError/.exec(instance.output)?.[0];
    ground.checks.holds('nothing was logged as an error', isLogged === undefined, isLogged);
    ground.checks.holds('memory has not grown', end - middle < GROWTH_BYTES, end - middle);
    await ground.stopWriting();
    await eventually('their files are closed', () => openFiles(instance) <= files + AT_ONCE / 5);
  },
};

/** One stranger: what he was answered wrongly. */
async function intrude(instance: Instance, random: Random): Promise<string[]> {
  const sent = hostileHttp(random);
  const socket = connect(Number(new URL(instance.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A connection that is cut is a fine answer to nonsense.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const [half, rest] = [random.whole(0, sent.length), random.next() < 0.2];
  socket.write(rest ? sent.subarray(0, half) : sent);
  await pause(random.whole(0, LONGEST_STAY_MS));
  if (rest) socket.write(sent.subarray(half));
  await pause(random.whole(0, LONGEST_STAY_MS));
  if (random.next() < 0.5) socket.resetAndDestroy();
  else socket.destroy();
  await closed;
  return complaintsAbout(Buffer.concat(chunks).toString('latin1'), sent);
}

function complaintsAbout(answer: string, sent: Buffer): string[] {
  if (answer === '') return [];
  const status = Number(STATUS_LINE.exec(answer)?.[1]);
  const isProblem = status < 400 || answer.includes('application/problem+json');
  const isFine = status >= 100 && status < 500 && isProblem;
  return isFine
    ? []
    : [`${JSON.stringify(sent.toString('latin1').slice(0, 150))} → ${answer.slice(0, 300)}`];
}
