import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';

const HANDSHAKE = 0x16;
const DAY_MS = 86_400_000;

/** A server with its own certificate, which also accepts plain HTTP on the same port. */
export class TlsBank {
  private readonly connections = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** PEM, for clients that trust it. */
    readonly certificate: string,
  ) {
    server.on('connection', (socket: Socket) => this.connections.add(socket));
  }

  /** The certificate is valid for `host`, and expires in `expiresInMs`. */
  static async start(
    { host, expiresInMs = DAY_MS }: { host: string; expiresInMs?: number },
    { secure, plain }: Record<'secure' | 'plain', RequestListener>,
  ): Promise<TlsBank> {
    const now = Date.now();
    const pems = await generate([{ name: 'commonName', value: host }], {
      notBeforeDate: new Date(now - 2 * DAY_MS),
      notAfterDate: new Date(now + expiresInMs),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
    });
    const https = createHttpsServer({ key: pems.private, cert: pems.cert }, secure);
    const http = createHttpServer(plain);
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('readable', () => {
        const first = socket.read(1) as Buffer | null;
        if (!first) return;
        socket.unshift(first);
        (first[0] === HANDSHAKE ? https : http).emit('connection', socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TlsBank(server, pems.cert);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
