// Keep-alive clients of HTTP in a process of their own: each asks again as soon as it is answered. Its
// parent says where, what and for how long; raw sockets, so that the load costs its core less than the
// answers cost theirs.
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { spread } from './measure.mjs';

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

process.on('message', async (order) => process.send(await load(order)));
// A bench that fails leaves nothing on the core.
process.once('disconnect', () => process.exit());

/** Where the next order goes on in its list of paths. */
let next = 0;

/** @param paths asked one after the other, from where the last order stopped; or one `path` again and again */
async function load({
  port,
  path,
  paths = [path],
  headers = {},
  connections = 8,
  ms,
  isAwake = false,
}) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const requests = paths.map((each) =>
    Buffer.from(`GET ${each} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`),
  );
  const request = () => requests[next++ % requests.length];
  const latencies = [];
  const statuses = new Set();
  const begun = performance.now();
  const until = begun + ms;
  const clients = Array.from({ length: connections }, () =>
    askOn({ port, request, until, latencies, statuses }),
  );
  const all = Promise.all(clients);
  await (isAwake ? withoutSleep(all) : all);
  const seconds = (performance.now() - begun) / 1_000;
  const { length: count } = latencies;
  const { p99 } = spread(latencies);
  return { count, perSecond: count / seconds, p99, statuses: [...statuses] };
}

/**
 * Whoever writes to a process that sleeps pays for waking it, on these machines as much as for the write. The
 * clients of a fast server never sleep, those of a slow one always do: it would be measured as its own.
 */
async function withoutSleep(work) {
  let isDone = false;
  work.finally(() => (isDone = true)).catch(() => undefined);
  while (!isDone) await nextTurn();
  return work;
}

/** One connection that asks, reads the whole answer, and asks again until the time is up. */
function askOn({ port, request, until, latencies, statuses }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = new Answer();
    let askedAt = 0;
    const ask = () => {
      askedAt = performance.now();
      socket.write(request());
    };
    socket.once('connect', ask);
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      if (!answer.take(chunk)) return;
      const now = performance.now();
      latencies.push(now - askedAt);
      statuses.add(answer.status);
      answer = new Answer();
      if (now < until) ask();
      else {
        socket.destroy();
        resolve();
      }
    });
  });
}

/** Knows when an answer is whole, of its bytes looking at no more than it must. */
class Answer {
  status = 0;
  #head = Buffer.alloc(0);
  /** Bytes still to come; undefined while the head is, and for an answer in chunks. */
  #left;
  #tail;

  take(chunk) {
    if (this.#left !== undefined) {
      this.#left -= chunk.length;
      return this.#left <= 0;
    }
    if (this.#tail !== undefined) return this.#endsWith(chunk);
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) return false;
    const head = this.#head.latin1Slice(0, end);
    const body = this.#head.subarray(end + HEAD_END.length);
    this.status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (length || this.status === 304) {
      this.#left = Number(length?.[1] ?? 0) - body.length;
      return this.#left <= 0;
    }
    this.#tail = Buffer.alloc(0);
    return this.#endsWith(body);
  }

  #endsWith(chunk) {
    const tail = chunk.length >= LAST_CHUNK.length ? chunk : Buffer.concat([this.#tail, chunk]);
    this.#tail = Buffer.from(tail.subarray(-LAST_CHUNK.length));
    return this.#tail.equals(LAST_CHUNK);
  }
}
