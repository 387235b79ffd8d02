// Thousands of WebSocket clients in a process of their own, as light as clients can be. The parent orders:
// `connect` opens some; `expect` waits until each has got so many frames, and is answered twice: when the clients
// listen, and when the frames are there; `close` drops all.
import { connect, type Socket } from 'node:net';
import { FrameCounter } from './frame-counter.js';
import { onOrder, tellParent } from './parent.js';

export interface ConnectOrder {
  port: number;
  path: string;
  count: number;
  /** How many of them do not read. */
  paused?: number;
  /** Frames that each is to get. */
  expect?: number;
}

export interface Received {
  got: number;
  /** Whether each client got as many as expected. */
  isEven: boolean;
  /** When frames came, by the clock of all processes, and how many. */
  arrivals: [at: number, frames: number][];
}

export interface Connected extends Partial<Received> {
  open: number;
  /** Answers and errors of those that were rejected. */
  refused: string[];
}

export interface LiveOrder {
  connect?: ConnectOrder;
  expect?: { frames: number; clients?: number };
  close?: true;
}

interface Client {
  socket: Socket;
  frames: FrameCounter;
  got: number;
  isPaused: boolean;
}

/** Each address of the loopback network has its own ports. */
const ADDRESSES = 16;
/** Masked, as a client's frames are (RFC 6455, section 5.3). */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const HANDSHAKE_END = Buffer.from('\r\n\r\n');
const ACCEPTED = 'HTTP/1.1 101';

let clients: Client[] = [];
let expected:
  { frames: number; total: number; got: number; arrivals: Received['arrivals'] } | undefined;
let onReceived: (received: Received) => void = () => undefined;

onOrder(async (order: LiveOrder) => {
  if (order.connect) tellParent(await connectAll(order.connect));
  else if (order.expect) {
    const complete = expect(order.expect);
    tellParent({ isReady: true });
    tellParent(await complete);
  } else if (order.close) closeAll();
});

async function connectAll(order: ConnectOrder): Promise<Connected> {
  const { port, path, count, paused = 0, expect: frames } = order;
  const before = clients.length;
  const complete = frames === undefined ? undefined : expect({ frames, clients: count });
  const results = await Promise.all(
    Array.from({ length: count }, (_, index) => open(port, path, index, index < paused)),
  );
  const refused = results.filter((answer) => answer !== ACCEPTED);
  return { open: clients.length - before, refused, ...(await complete) };
}

/** Resolves with the first line of the answer, or the error. */
function open(port: number, path: string, index: number, isPaused: boolean): Promise<string> {
  return new Promise((resolve) => {
    const localAddress = `127.0.0.${2 + (index % ADDRESSES)}`;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    const client = { socket, frames: new FrameCounter(), got: 0, isPaused };
    let greeting: Buffer | undefined = Buffer.alloc(0);
    socket.on('error', (failure) => resolve(failure.message));
    socket.once('connect', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
          'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      ),
    );
    socket.on('data', (chunk) => {
      if (greeting === undefined) {
        take(client, chunk);
        return;
      }
      greeting = Buffer.concat([greeting, chunk]);
      const end = greeting.indexOf(HANDSHAKE_END);
      if (end < 0) return;
      const rest = greeting.subarray(end + HANDSHAKE_END.length);
      const answer = greeting.subarray(0, ACCEPTED.length).toString();
      greeting = undefined;
      if (answer === ACCEPTED) clients.push(client);
      if (isPaused) socket.pause();
      else if (rest.length > 0) take(client, rest);
      resolve(answer);
    });
  });
}

function expect({ frames, clients: count }: { frames: number; clients?: number }) {
  const readers = count ?? clients.filter(({ isPaused }) => !isPaused).length;
  for (const client of clients) client.got = 0;
  expected = { frames, total: frames * readers, got: 0, arrivals: [] };
  return new Promise<Received>((resolve) => (onReceived = resolve));
}

function take(client: Client, chunk: Buffer): void {
  const { pings } = client.frames;
  const frames = client.frames.take(chunk);
  if (client.frames.pings > pings) client.socket.write(PONG);
  if (frames === 0 || !expected) return;
  client.got += frames;
  expected.got += frames;
  expected.arrivals.push([performance.timeOrigin + performance.now(), frames]);
  if (expected.got < expected.total) return;
  const { got, arrivals, frames: each } = expected;
  const isEven = clients.every((one) => one.isPaused || one.got === each);
  expected = undefined;
  onReceived({ got, isEven, arrivals });
}

function closeAll(): void {
  for (const { socket } of clients) socket.destroy();
  clients = [];
  tellParent({ closed: true });
}
