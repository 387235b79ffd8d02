import { once } from 'node:events';
import {
  Agent,
  createServer,
  get,
  type IncomingMessage,
  request as send,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';

const PROBE_MS = 100;
/** Who is slow is not gone: an instance whose place is empty refuses at once, and who drains says so. */
const PROBE_PATIENCE_MS = 10_000;
/** These may be sent a second time: they change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * A small reverse proxy for one machine: takes turns among the instances that say that they are ready,
 * asks another one where nothing has been answered and nothing can have been changed, and passes sockets on.
 */
export class LoadBalancer {
  private targets: URL[] = [];
  private readonly ready = new Set<URL>();
  /** Those that have been asked and have not answered yet. */
  private readonly probed = new Set<URL>();
  private readonly sockets = new Set<Socket>();
  private turn = 0;
  private probing: NodeJS.Timeout | undefined;
  /** A connection for each request: one that is kept may be closed just when it is used again. */
  private readonly agent = new Agent({ keepAlive: false });

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.pass(request, response));
    server.on('upgrade', (request, socket: Socket, head) => this.upgrade(request, socket, head));
  }

  static async start(port = 0): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(createServer());
    balancer.server.listen(port, '127.0.0.1');
    await once(balancer.server, 'listening');
    balancer.probing = setInterval(() => balancer.probeAll(), PROBE_MS);
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether the instance at `url` gets requests. */
  isReady(url: string): boolean {
    return [...this.ready].some((target) => target.href === new URL(url).href);
  }

  /** From now on the instances are these. */
  balance(urls: readonly string[]): void {
    const known = new Map(this.targets.map((target) => [target.href, target]));
    this.targets = urls.map((url) => known.get(new URL(url).href) ?? new URL(url));
    for (const target of this.ready) if (!this.targets.includes(target)) this.ready.delete(target);
    this.probeAll();
  }

  async stop(): Promise<void> {
    clearInterval(this.probing);
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private probeAll(): void {
    for (const target of this.targets) {
      if (this.probed.has(target)) continue;
      this.probed.add(target);
      const options = { agent: this.agent, timeout: PROBE_PATIENCE_MS };
      const probe = get(new URL('/health/ready', target), options);
      probe.once('close', () => this.probed.delete(target));
      const isOut = () => this.ready.delete(target);
      probe.once('error', isOut).once('timeout', () => probe.destroy());
      probe.once('response', (response) => {
        response.resume();
        if (response.statusCode === 200 && this.targets.includes(target)) this.ready.add(target);
        else isOut();
      });
    }
  }

  /** The instances to try, the one whose turn it is first. */
  private inTurn(): URL[] {
    const ready = [...this.ready];
    const first = ready.length > 0 ? this.turn++ % ready.length : 0;
    return [...ready.slice(first), ...ready.slice(0, first)];
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    for (const target of this.inTurn()) {
      const outcome = await this.forward(target, request, body, response);
      if (outcome === 'done') return;
      this.ready.delete(target);
      if (outcome === 'perhaps done' && !SAFE_METHODS.has(request.method ?? '')) break;
    }
    if (!response.headersSent) response.writeHead(502).end('No instance answers');
  }

  private forward(
    target: URL,
    { method, url, headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<'done' | 'refused' | 'perhaps done'> {
    const address = new URL(url ?? '/', target);
    return new Promise((resolve) => {
      const upstream = send(address, { method, headers, agent: this.agent }, (answer) => {
        // Kept or closed, a connection is a matter of its two ends.
        const { connection: _, 'keep-alive': __, ...others } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, others);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
        resolve('done');
      });
      upstream.once('error', (failure: NodeJS.ErrnoException) => {
        resolve(failure.code === 'ECONNREFUSED' ? 'refused' : 'perhaps done');
      });
      upstream.end(body);
    });
  }

  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const [target] = this.inTurn();
    if (!target) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    const upstream = connect(Number(target.port), target.hostname, () => {
      const lines = request.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
      );
      upstream.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.sockets.add(one);
      one.once('error', () => other.destroy());
      one.once('close', () => {
        this.sockets.delete(one);
        other.end();
      });
    }
  }
}
