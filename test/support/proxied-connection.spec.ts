import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ProxiedConnection } from './proxied-connection.js';

describe('a proxied connection', () => {
  /** Both ends of a local connection. */
  const pair = async (): Promise<[Socket, Socket]> => {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [far] = (await once(server, 'connection')) as [Socket];
    server.close();
    for (const socket of [near, far]) socket.on('error', () => undefined);
    return [near, far];
  };

  it('is closed on both sides by a reset, even while ending', async () => {
    const [[client, clientSide], [serverSide, server]] = await Promise.all([pair(), pair()]);
    const connection = new ProxiedConnection(clientSide, serverSide, {
      ...{ latencyMs: 0, swallowed: new Set(), swallowedBytes: 0, hidesEnds: false },
    });
    clientSide.end();
    // The end was passed to the system, which has not executed it yet.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    connection.reset();
    await connection.gone;
    for (const socket of [client, server]) socket.destroy();
  });
});
