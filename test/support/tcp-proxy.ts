import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Direction, type Faults, ProxiedConnection } from './proxied-connection.js';
import { resetSocket } from './reset-socket.js';

/** Stands between a client and a server on this machine, and does to their connections what networks do. */
export class TcpProxy {
  private readonly connections = new Set<ProxiedConnection>();
  private readonly faults: Faults = {
    latencyMs: 0,
    swallowed: new Set(),
    swallowedBytes: 0,
    hidesEnds: false,
  };
  private isRefusing = false;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many bytes have vanished so far. */
  get swallowedBytes(): number {
    return this.faults.swallowedBytes;
  }

  /** Every byte arrives so much later, each way. */
  delay(latencyMs: number): void {
    this.faults.latencyMs = latencyMs;
  }

  /** Bytes of that direction vanish, of both if none is named; connections stay. */
  swallow(...directions: Direction[]): void {
    const all: Direction[] = ['to-server', 'to-client'];
    for (const direction of directions.length > 0 ? directions : all) {
      this.faults.swallowed.add(direction);
    }
  }

  /** Half-open: when one side ends or resets its connection, the other is never told. */
  hideEnds(): void {
    this.faults.hidesEnds = true;
  }

  /** Resets every connection; new ones are refused as well if wanted, until `heal`. */
  cut({ refusing = false } = {}): void {
    this.isRefusing = refusing;
    for (const connection of this.connections) connection.reset();
  }

  /** The network is well again; connections that have lost bytes or an end are reset, as TCP would. */
  heal(): void {
    Object.assign(this.faults, { latencyMs: 0, hidesEnds: false });
    this.faults.swallowed.clear();
    this.isRefusing = false;
    for (const connection of this.connections) if (connection.isDamaged) connection.reset();
  }

  async stop(): Promise<void> {
    this.cut({ refusing: true });
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (this.isRefusing) {
      resetSocket(client);
      return;
    }
    const server = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const connection = new ProxiedConnection(client, server, this.faults);
    this.connections.add(connection);
    void connection.gone.then(() => this.connections.delete(connection));
  }
}
