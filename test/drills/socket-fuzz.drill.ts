import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { Random } from '../support/random.js';
import type { Drill } from './drill.js';
import { hostileFrames } from './hostile-frames.js';
import { hostileHandshake } from './hostile-handshake.js';
import type { Instance } from './instance.js';
import { memoryOf, openFiles } from './process-figures.js';

const AT_ONCE = 50;
const CLIENTS = 3;
const WRITERS = 1;
const LONGEST_STAY_MS = 20;
const GOOD_HANDSHAKE =
  'GET /ws/rates?snapshot=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) [A-Za-z ]+\r\n/;
/** A process that has much puts off collecting what it no longer needs, which looks like a leak. */
const LITTLE_MEMORY = '--max-old-space-size=128 --max-semi-space-size=1';
/** So much may the service need for good after the first half, in bytes. */
const GROWTH_BYTES = 40 * 1024 * 1024;

/** Each round is fifty strangers at once. */
export const socketFuzz: Drill = {
  name: 'socket-fuzz',
  about: 'clients send malformed handshakes and frames',
  engines: ['SQLite'],
  short: { rounds: 20, seconds: 0 },
  long: { rounds: 200, seconds: 0 },

  async run(ground, { rounds }) {
    const random = new Random(rounds);
    await ground.broker.up();
    const instance = await ground.start({ NODE_OPTIONS: LITTLE_MEMORY });
    await ground.listen(CLIENTS);
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
    await eventually(
      'strangers are forgotten',
      async () => (await connectionsOf(instance)) === CLIENTS,
    );
    await eventually('their files are closed', () => openFiles(instance) <= files + AT_ONCE / 5);
  },
};

/** One stranger: what he was answered wrongly. */
async function intrude(instance: Instance, random: Random): Promise<string[]> {
  const sent = random.next() < 0.5 ? hostileHandshake(random) : Buffer.from(GOOD_HANDSHAKE);
  const isGood = sent.equals(Buffer.from(GOOD_HANDSHAKE));
  const stayMs = random.whole(0, LONGEST_STAY_MS);
  const frames = hostileFrames(random);
  const socket = connect(Number(new URL(instance.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A connection that is cut is a fine answer to nonsense.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(sent);
  const answered = () => chunks.length > 0 || socket.destroyed;
  if (isGood) {
    await eventually('an answer to a handshake', answered);
    socket.write(frames);
  }
  await pause(stayMs);
  if (random.next() < 0.5) socket.resetAndDestroy();
  else socket.destroy();
  await closed;
  return complaintsAbout(Buffer.concat(chunks).toString('latin1'), isGood);
}

function complaintsAbout(answer: string, isGood: boolean): string[] {
  if (answer === '') return isGood ? ['a good handshake had no answer'] : [];
  const status = Number(STATUS_LINE.exec(answer)?.[1]);
  const isFine = isGood ? status === 101 : status >= 100 && status < 500;
  // What Node itself says of a version that it does not speak.
  return isFine || status === 505 ? [] : [answer.slice(0, 200)];
}

async function connectionsOf(instance: Instance): Promise<number> {
  const text = await (await fetch(`${instance.url}/metrics`)).text();
  const counts = text.matchAll(/^kurs_live_connections\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
