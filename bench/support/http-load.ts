// Keep-alive HTTP clients in a process of their own: each sends its next request as soon as it is answered. The
// parent says where, what and for how long. Raw sockets, so that the load costs its core less than the answers
// cost theirs.
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Load, spread } from './measure.js';
import { onOrder, tellParent } from './parent.js';

export interface HttpOrder {
  port: number;
  /** Requested one after the other, from where the last order stopped. */
  paths: readonly string[];
  headers?: Readonly<Record<string, string>>;
  connections?: number;
  ms: number;
  isAwake?: boolean;
}

export interface HttpLoad extends Load {
  /** All that came, each once. */
  statuses: number[];
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

onOrder(async (order: HttpOrder) => tellParent(await load(order)));

/** Where the next order continues in its list of paths. */
let next = 0;

async function load({
  port,
  paths,
  headers = {},
  connections = 8,
  ms,
  isAwake = false,
}: HttpOrder): Promise<HttpLoad> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const requests = paths.map((each) =>
    Buffer.from(`GET ${each} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`),
  );
  const request = () => requests[next++ % requests.length] ?? '';
  const latencies: number[] = [];
  const statuses = new Set<number>();
  const begun = performance.now();
  const until = begun + ms;
  const clients = Array.from({ length: connections }, () =>
    requestOn({ port, request, until, latencies, statuses }),
  );
  const all = Promise.all(clients);
  await (isAwake ? withoutSleep(all) : all);
  const seconds = (performance.now() - begun) / 1_000;
  const { length: count } = latencies;
  const { p99 } = spread(latencies);
  return { count, perSecond: count / seconds, p99, statuses: [...statuses] };
}

/**
 * Waking a sleeping process costs about as much as a write on these machines, and the writer pays. The clients of a
 * fast server never sleep, those of a slow one always do: the server would be charged for it.
 */
async function withoutSleep(work: Promise<unknown>): Promise<void> {
  const state = { isDone: false };
  work.finally(() => (state.isDone = true)).catch(() => undefined);
  while (!state.isDone) await nextTurn();
  await work;
}

interface Connection {
  port: number;
  request: () => Buffer | string;
  until: number;
  latencies: number[];
  statuses: Set<number>;
}

/** One connection that sends a request, reads the whole answer, and repeats until the time is up. */
function requestOn({ port, request, until, latencies, statuses }: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = new Answer();
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      socket.write(request());
    };
    socket.once('connect', send);
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      if (!answer.take(chunk)) return;
      const now = performance.now();
      latencies.push(now - sentAt);
      statuses.add(answer.status);
      answer = new Answer();
      if (now < until) send();
      else {
        socket.destroy();
        resolve();
      }
    });
  });
}

/** Knows when an answer is complete, and reads no more of its bytes than that takes. */
class Answer {
  status = 0;
  #head: Buffer = Buffer.alloc(0);
  /** Bytes still to come; undefined before the end of the head, and for an answer in chunks. */
  #left: number | undefined;
  #tail: Buffer | undefined;

  take(chunk: Buffer): boolean {
    if (this.#left !== undefined) {
      this.#left -= chunk.length;
      return this.#left <= 0;
    }
    if (this.#tail !== undefined) return this.#endsWith(chunk, this.#tail);
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) return false;
    const head = this.#head.toString('latin1', 0, end);
    const body = this.#head.subarray(end + HEAD_END.length);
    this.status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (length || this.status === 304) {
      this.#left = Number(length?.[1] ?? 0) - body.length;
      return this.#left <= 0;
    }
    return this.#endsWith(body, Buffer.alloc(0));
  }

  #endsWith(chunk: Buffer, before: Buffer): boolean {
    const tail = chunk.length >= LAST_CHUNK.length ? chunk : Buffer.concat([before, chunk]);
    this.#tail = Buffer.from(tail.subarray(-LAST_CHUNK.length));
    return this.#tail.equals(LAST_CHUNK);
  }
}
