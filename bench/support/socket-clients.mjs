// A thousand clients in a process of their own: tells its parent when each event has reached all of them.
import WebSocket from 'ws';

const [url, count] = process.argv.slice(2);
const arrivals = new Map();
let open = 0;
for (let index = 0; index < Number(count); index++) {
  const socket = new WebSocket(url);
  socket.once('open', () => {
    open += 1;
    if (open === Number(count)) process.send({ ready: true });
  });
  socket.on('message', (bytes) => {
    const now = performance.timeOrigin + performance.now();
    const { name } = JSON.parse(bytes.toString());
    const seen = arrivals.get(name) ?? [];
    seen.push(now);
    arrivals.set(name, seen);
    if (seen.length === Number(count)) process.send({ name, arrivals: seen });
  });
}
