// Thousands of clients of a WebSocket in a process of their own, as light as clients can be. Its parent
// says what to do: `connect` some; `expect` that each gets so many frames, which is answered when it is
// listening, and once more when that is so.
import { connect } from 'node:net';
import { FrameCounter } from './frame-counter.mjs';

/** Each address of the loopback network has its own ports. */
const ADDRESSES = 16;
/** Masked, as a client's frames are (RFC 6455, section 5.3). */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const HANDSHAKE_END = Buffer.from('\r\n\r\n');

let clients = [];
let expected;

process.on('message', async (order) => {
  if (order.connect) process.send(await connectAll(order.connect));
  else if (order.expect) {
    const complete = expect(order.expect);
    process.send({ isReady: true });
    process.send(await complete);
  } else if (order.close) closeAll();
});

// A bench that fails leaves nothing on the core.
process.once('disconnect', () => process.exit());

async function connectAll({ port, path, count, paused = 0, expect: frames }) {
  const before = clients.length;
  const complete = frames === undefined ? undefined : expect({ frames, clients: count });
  const results = await Promise.all(
    Array.from({ length: count }, (_, index) => open(port, path, index, index < paused)),
  );
  const refused = results.filter((answer) => answer !== 'HTTP/1.1 101');
  const received = frames === undefined ? undefined : await complete;
  return { open: clients.length - before, refused, ...received };
}

function open(port, path, index, isPaused) {
  return new Promise((resolve) => {
    const localAddress = `127.0.0.${2 + (index % ADDRESSES)}`;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    const client = { socket, frames: new FrameCounter(), got: 0, isPaused };
    let greeting = Buffer.alloc(0);
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
      const answer = greeting.subarray(0, 12).toString();
      greeting = undefined;
      if (answer === 'HTTP/1.1 101') clients.push(client);
      if (isPaused) socket.pause();
      else if (rest.length > 0) take(client, rest);
      resolve(answer);
    });
  });
}

function expect({ frames, clients: count }) {
  const readers = count ?? clients.filter(({ isPaused }) => !isPaused).length;
  for (const client of clients) client.got = 0;
  return new Promise((resolve) => {
    expected = { frames, total: frames * readers, got: 0, arrivals: [], resolve };
  });
}

function take(client, chunk) {
  const { pings } = client.frames;
  const frames = client.frames.take(chunk);
  if (client.frames.pings > pings) client.socket.write(PONG);
  if (frames === 0 || !expected) return;
  client.got += frames;
  expected.got += frames;
  expected.arrivals.push([performance.timeOrigin + performance.now(), frames]);
  if (expected.got < expected.total) return;
  const { got, arrivals, resolve } = expected;
  const isEven = clients.every(({ isPaused, got }) => isPaused || got === expected.frames);
  expected = undefined;
  resolve({ got, isEven, arrivals });
}

function closeAll() {
  for (const { socket } of clients) socket.destroy();
  clients = [];
  process.send({ closed: true });
}
