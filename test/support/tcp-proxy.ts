import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Direction, type Faults, ProxiedConnection } from './proxied-connection.js';
import { resetSocket } from './reset-socket.js';

/** Proxy between a client and a server on this machine that simulates network faults. */
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

  /** Starts a proxy to the server of a URL. */
  static inFrontOf(url: string): Promise<TcpProxy> {
    return TcpProxy.start(Number(new URL(url).port));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The same URL by way of this proxy, with additional query parameters. */
  through(url: string, parameters: Record<string, string> = {}): string {
    const address = new URL(url);
    address.port = String(this.port);
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    return address.href;
  }

  /** Number of lost bytes. */
  get swallowedBytes(): number {
    return this.faults.swallowedBytes;
  }

  /** Delays every byte in each direction. */
  delay(latencyMs: number): void {
    this.faults.latencyMs = latencyMs;
  }

  /** Drops bytes of the given directions, by default of both; connections stay open. */
  swallow(...directions: Direction[]): void {
    const all: Direction[] = ['to-server', 'to-client'];
    for (const direction of directions.length > 0 ? directions : all) {
      this.faults.swallowed.add(direction);
    }
  }

  /** Drops the packet with this text, and all later ones of the same client. */
  swallowFrom(text: string): void {
    this.faults.swallowedFrom = text;
  }

  /** Half-open connections: the end or reset of one side is not forwarded. */
  hideEnds(): void {
    this.faults.hidesEnds = true;
  }

  /** Resets all connections; with `refusing`, also new ones until `heal`. */
  cut({ refusing = false } = {}): void {
    this.isRefusing = refusing;
    for (const connection of this.connections) connection.reset();
  }

  /** Ends all faults; connections that lost bytes or an end are reset, as TCP would. */
  heal(): void {
    Object.assign(this.faults, { latencyMs: 0, hidesEnds: false, swallowedFrom: undefined });
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
