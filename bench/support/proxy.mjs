// A proxy that gives each connection to the next of the instances, as a load balancer of TCP does.
import { connect, createServer } from 'node:net';

const ports = process.argv.slice(2).map(Number);
let next = 0;

const server = createServer({ noDelay: true }, (client) => {
  const instance = connect({
    port: ports[next++ % ports.length],
    host: '127.0.0.1',
    noDelay: true,
  });
  // Whoever leaves first takes the other with him.
  for (const [one, other] of [
    [client, instance],
    [instance, client],
  ]) {
    one.on('error', () => other.destroy());
    one.pipe(other);
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send({ isReady: true }));
process.once('disconnect', () => process.exit());
