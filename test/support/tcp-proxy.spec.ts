import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from './eventually.js';
import { resetSocket } from './reset-socket.js';
import { TcpProxy } from './tcp-proxy.js';

describe('the TCP proxy', () => {
  let server: Server;
  let proxy: TcpProxy;
  /** The server's side of every connection, and all bytes received there. */
  let accepted: Socket[];
  let arrived: string;

  beforeEach(async () => {
    [accepted, arrived] = [[], ''];
    server = createServer((socket) => {
      accepted.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        arrived += bytes.toString();
        socket.write(bytes);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpProxy.start((server.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await proxy.stop();
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  /** A client through the proxy that records what it receives. */
  const open = async () => {
    const socket = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    const begun = new Promise((resolve) => socket.on('connect', resolve).on('close', resolve));
    const client = { socket, echo: '', isClosed: false };
    socket.on('data', (bytes) => (client.echo += bytes.toString()));
    socket.on('close', () => (client.isClosed = true));
    await begun;
    return client;
  };

  const echoes = (client: { echo: string }, text: string) =>
    eventually(`"${text}" comes back`, () => client.echo === text);

  it('forwards bytes and ends in both directions', async () => {
    const client = await open();
    client.socket.write('one');
    await echoes(client, 'one');
    client.socket.end();
    await eventually('both sides are closed', () => client.isClosed);
  });

  it('delays every byte in each direction, in order', async () => {
    const client = await open();
    proxy.delay(100);
    const begun = performance.now();
    client.socket.write('slow');
    await eventually('it is at the server', () => arrived === 'slow');
    proxy.delay(0);
    client.socket.write(' fast');
    await echoes(client, 'slow fast');
    // A timer of Node may fire a millisecond early.
    expect(performance.now() - begun).toBeGreaterThan(98);
    proxy.delay(100);
    client.socket.write('!');
    const sent = performance.now();
    await echoes(client, 'slow fast!');
    expect(performance.now() - sent).toBeGreaterThan(2 * 99 - 1);
  });

  it('resets open connections, and rejects new ones until it heals', async () => {
    const client = await open();
    proxy.cut({ refusing: true });
    await eventually('it is closed', () => client.isClosed);
    const refused = await open();
    await eventually('the next one, too', () => refused.isClosed);
    proxy.heal();
    const third = await open();
    third.socket.write('again');
    await echoes(third, 'again');
  });

  it('drops one direction only: requests arrive, answers are lost', async () => {
    const client = await open();
    proxy.swallow('to-client');
    client.socket.write('heard');
    await eventually('the answer is lost', () => proxy.swallowedBytes === 'heard'.length);
    expect(arrived).toBe('heard');
    proxy.heal();
    await eventually('a connection with a hole is not used on', () => client.isClosed);
    expect(client.echo).toBe('');
  });

  it('drops both directions', async () => {
    const client = await open();
    proxy.swallow();
    client.socket.write('lost');
    const other = await open();
    other.socket.write('lost as well');
    await eventually('both are gone', () => proxy.swallowedBytes === 'lostlost as well'.length);
    proxy.heal();
    const third = await open();
    third.socket.write('here');
    await echoes(third, 'here');
    expect(arrived).toBe('here');
  });

  it('drops a packet by its text, with all that the client sends later, and nothing of others', async () => {
    const client = await open();
    const other = await open();
    proxy.swallowFrom('COMMIT');
    client.socket.write('BEGIN');
    await echoes(client, 'BEGIN');
    client.socket.write('COMMIT;');
    await eventually('it is lost', () => proxy.swallowedBytes === 'COMMIT;'.length);
    client.socket.write('ROLLBACK');
    await eventually('so is the next', () => proxy.swallowedBytes === 'COMMIT;ROLLBACK'.length);
    other.socket.write('here');
    await echoes(other, 'here');
    proxy.heal();
    await eventually('a connection with a hole is not used on', () => client.isClosed);
    expect(arrived).toBe('BEGINhere');
  });

  it('leaves one side unaware that the other has ended', async () => {
    const client = await open();
    client.socket.write('a');
    await echoes(client, 'a');
    proxy.hideEnds();
    for (const socket of accepted) resetSocket(socket);
    const other = await open();
    other.socket.write('b');
    await echoes(other, 'b');
    expect(client.isClosed).toBe(false);
    proxy.heal();
    await eventually('the end comes out', () => client.isClosed);
  });
});
