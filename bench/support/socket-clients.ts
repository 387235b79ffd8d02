// A thousand clients in a process of their own: tells its parent when each event has reached all of them.
import WebSocket from 'ws';
import { tellParent } from './parent.js';

export interface Arrived {
  name: string;
  arrivals: number[];
}

const url = process.argv[2] ?? '';
const count = Number(process.argv[3]);
const arrivals = new Map<string, number[]>();
let open = 0;
for (let index = 0; index < count; index++) {
  const socket = new WebSocket(url);
  socket.once('open', () => {
    open += 1;
    if (open === count) tellParent({ ready: true });
  });
  socket.on('message', (bytes: Buffer) => {
    const now = performance.timeOrigin + performance.now();
    const { name } = JSON.parse(bytes.toString()) as { name: string };
    const seen = arrivals.get(name) ?? [];
    seen.push(now);
    arrivals.set(name, seen);
    if (seen.length === count) tellParent({ name, arrivals: seen } satisfies Arrived);
  });
}
