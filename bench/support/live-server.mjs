import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { freePort } from '../../test/support/free-port.ts';
import { answering, CLIENT_CORE, endOf, onCore, SERVER_CORE } from './processes.mjs';
import { sheetText } from './sheets.mjs';

/** A server process on a core of its own, which answers HTTP when this resolves. */
export async function startServer(file, environment) {
  const PORT = String(await freePort());
  const words = ['--import', './bench/support/lag-probe.mjs', file];
  const child = onCore(SERVER_CORE, words, {
    LOG_LEVEL: 'fatal',
    RATE_LIMIT_PER_MINUTE: '0',
    PORT,
    ...environment,
  });
  await answering(child, `http://127.0.0.1:${PORT}/health/ready`);
  return { child, port: Number(PORT) };
}

/** Clients on the other core. */
export function startClients() {
  const child = onCore(CLIENT_CORE, ['bench/support/live-load.mjs'], {});
  return {
    child,
    ask: (order) => ask(child, order),
    /** Has them listen; resolves with a function that waits until each has got so many frames. */
    expect: async (frames) => {
      await ask(child, { expect: { frames } });
      const all = nextAnswer(child);
      return () => all;
    },
  };
}

/** Clients of HTTP on the other core. */
export function startHttpClients() {
  const child = onCore(CLIENT_CORE, ['bench/support/http-load.mjs'], {});
  return { child, ask: (order) => ask(child, order) };
}

/** Callers over NATS on the other core. */
export function startRpcClients() {
  const child = onCore(CLIENT_CORE, ['bench/support/rpc-load.mjs'], {});
  return { child, ask: (order) => ask(child, order) };
}

export function ask(child, order) {
  const answer = nextAnswer(child);
  child.send(order);
  return answer;
}

/** Rejects if the process ends instead: a bench of a process that is gone says so, and does not wait for ever. */
function nextAnswer(child) {
  return new Promise((resolve, reject) => {
    const ended = () => reject(endOf(child));
    if (endOf(child)) {
      ended();
      return;
    }
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
  });
}

const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Plays the bank: every question for the newest sheet is answered with the next day's, of `count` other prices. */
export async function startBank(count, name) {
  let newest = 0;
  let answeredAt = 0;
  const server = createServer(({ url }, response) => {
    if (!url.startsWith('/scripts/XML_daily')) {
      response.writeHead(404).end();
      return;
    }
    newest += 1;
    const date = new Date(FIRST_DAY + newest * DAY_MS).toISOString().slice(0, 10);
    response.end(sheetText(date.split('-').reverse().join('.'), newest, { count, name }));
    answeredAt = performance.timeOrigin + performance.now();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    get answeredAt() {
      return answeredAt;
    },
    stop: () => server.close(),
  };
}

/** CPU seconds that all threads of a process have used (Linux, nanoseconds of the scheduler). */
export function cpuSeconds({ pid }) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const used = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return used.reduce((sum, each) => sum + each, 0) / 1e9;
}
