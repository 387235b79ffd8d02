// A proxy that gives each connection to the next instance, like a TCP load balancer.
import { connect, createServer } from 'node:net';
import { tellParent } from './parent.js';

const ports = process.argv.slice(2).map(Number);
let next = 0;

const server = createServer({ noDelay: true }, (client) => {
  const port = ports[next++ % ports.length] ?? 0;
  const instance = connect({ port, host: '127.0.0.1', noDelay: true });
  for (const [one, other] of [
    [client, instance],
    [instance, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.pipe(other);
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => tellParent({ isReady: true }));
