import { getEventListeners, once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { clientWithTimeout } from './postgres-client.js';

const MANY = 11;

describe('connections to a PostgreSQL that never answers', () => {
  const accepted: Socket[] = [];
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = createServer((socket) => accepted.push(socket.on('error', () => undefined).resume()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  it('all fail at once when they are given up, and so do later ones, however many', async () => {
    const giveUp = new AbortController();
    const Client = clientWithTimeout(giveUp.signal);
    const connect = () =>
      new Client({ host: '127.0.0.1', port }).on('error', () => undefined).connect();
    const open = Array.from({ length: MANY }, () =>
      expect(connect()).rejects.toThrow('Query read timeout'),
    );
    await once(server, 'connection');
    // Node takes more than ten for a leak, and warns.
    expect(getEventListeners(giveUp.signal, 'abort')).toHaveLength(1);
    giveUp.abort();
    await Promise.all(open);
    await expect(connect()).rejects.toThrow('Query read timeout');
  });

  it('are left alone once they have ended', async () => {
    const giveUp = new AbortController();
    const Client = clientWithTimeout(giveUp.signal);
    const client = new Client({ host: '127.0.0.1', port }).on('error', () => undefined);
    // Never settles: pg forgets it at the end.
    void client.connect();
    await Promise.all([once(client, 'end'), client.end()]);
    const { connection } = client as unknown as { connection: { stream: Socket } };
    const destroy = jest.spyOn(connection.stream, 'destroy');
    giveUp.abort();
    expect(destroy).not.toHaveBeenCalled();
  });
});
