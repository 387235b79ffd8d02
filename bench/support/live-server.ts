import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../test/support/free-port.ts';
import type { HttpLoad, HttpOrder } from './http-load.js';
import type { Lag } from './lag-probe.js';
import type { Connected, ConnectOrder, LiveOrder, Received } from './live-load.js';
import type { Load } from './measure.js';
import {
  answering,
  CLIENT_CORE,
  endOf,
  type Environment,
  onCore,
  SERVER_CORE,
} from './processes.js';
import { program } from './programs.js';
import type { RpcOrder } from './rpc-load.js';
import { sheetText } from './sheets.js';

export const KURS = 'dist/main.js';

/** A server process on a core of its own. */
export interface Server {
  child: ChildProcess;
  port: number;
}

/** Resolves when the server answers HTTP. */
export async function startServer(file: string, environment: Environment = {}): Promise<Server> {
  const PORT = String(await freePort());
  const child = onCore(SERVER_CORE, file, {
    preload: program('lag-probe'),
    environment: { LOG_LEVEL: 'fatal', RATE_LIMIT_PER_MINUTE: '0', PORT, ...environment },
  });
  await answering(child, `http://127.0.0.1:${PORT}/health/ready`);
  return { child, port: Number(PORT) };
}

/** How late the event loop of a server was since the last call. */
export async function takeLag({ child }: Server): Promise<Lag> {
  return (await ask(child, { takeLag: true })) as Lag;
}

export type LiveClients = ReturnType<typeof startClients>;

/** WebSocket clients on the other core. */
export function startClients() {
  const child = onCore(CLIENT_CORE, program('live-load'));
  const order = (each: LiveOrder) => ask(child, each);
  return {
    child,
    connect: async (connect: ConnectOrder) => (await order({ connect })) as Connected,
    close: () => order({ close: true }),
    /** Makes them listen; resolves with a function that waits until each has got so many frames. */
    expect: async (frames: number) => {
      await order({ expect: { frames } });
      const all = nextAnswer(child);
      return () => all as Promise<Received>;
    },
  };
}

export type HttpClients = ReturnType<typeof startHttpClients>;

/** HTTP clients on the other core. */
export function startHttpClients() {
  const child = onCore(CLIENT_CORE, program('http-load'));
  return { child, load: async (order: HttpOrder) => (await ask(child, order)) as HttpLoad };
}

/** Callers over NATS on the other core. */
export function startRpcClients() {
  const child = onCore(CLIENT_CORE, program('rpc-load'));
  return { child, load: async (order: RpcOrder) => (await ask(child, order)) as Load };
}

/** Sends a message to a program and resolves with its answer. */
export function ask(child: ChildProcess, order: object): Promise<unknown> {
  const answer = nextAnswer(child);
  child.send(order);
  return answer;
}

/** Rejects if the process ends instead. */
export function nextAnswer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(endOf(child) ?? new Error('The process ended'));
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

export type Bank = Awaited<ReturnType<typeof startBank>>;

/** Plays the bank: every request for the newest sheet gets the next day's, with `count` new prices. */
export async function startBank(count: number, name?: string) {
  let newest = 0;
  let answeredAt = 0;
  const server = createServer(({ url }, response) => {
    if (!url?.startsWith('/scripts/XML_daily')) {
      response.writeHead(404).end();
      return;
    }
    newest += 1;
    const date = new Date(FIRST_DAY + newest * DAY_MS).toISOString().slice(0, 10);
    response.end(
      sheetText(date.split('-').reverse().join('.'), newest, { count, ...(name && { name }) }),
    );
    answeredAt = performance.timeOrigin + performance.now();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get answeredAt() {
      return answeredAt;
    },
    stop: () => server.close(),
  };
}

/** CPU seconds that all threads of a process have used (Linux, nanoseconds of the scheduler). */
export function cpuSeconds({ child: { pid } }: Pick<Server, 'child'>): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const used = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return used.reduce((sum, each) => sum + each, 0) / 1e9;
}
