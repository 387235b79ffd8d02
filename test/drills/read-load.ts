import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/common/message-of.js';
import { instant } from './operation-log.js';

/** The value that a read showed for a code. */
export interface Sighting {
  code: string;
  value: string;
}

/** An address to read. */
export interface ReadRoute {
  path: string;
  /** The values shown by a good answer that may change. @throws what is wrong with the answer */
  sightings(text: string): Sighting[];
}

/** One read, as it ended. */
export interface RecordedRead {
  path: string;
  start: number;
  end: number;
  /** Of `Kurs-Data-As-Of`. */
  asOf?: string | undefined;
  sightings: Sighting[];
  /** Why the read failed or the answer is wrong. */
  failure?: string;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Every second read of a connection revalidates the answer it has. */
const REVALIDATED_EVERY = 2;

/** A client with the answers it has. */
class Connection {
  readonly held = new Map<string, Answer>();

  constructor(readonly agent: Agent) {}
}

/** Reads random routes at a steady rate over several connections, and records every read. */
export class ReadLoad {
  /** In the order in which they ended. */
  readonly reads: RecordedRead[] = [];
  private readonly underWay = new Set<Promise<void>>();
  /** For reads beside the steady ones. */
  private readonly besides = new Connection(new Agent({ keepAlive: true }));
  private isStopped = false;

  constructor(
    private readonly url: string,
    private readonly routes: readonly ReadRoute[],
    { connections, perSecond }: { connections: number; perSecond: number },
  ) {
    const everyMs = (1_000 * connections) / perSecond;
    for (let index = 0; index < connections; index++) {
      this.follow(this.readOn((everyMs * index) / connections, everyMs));
    }
  }

  /** One more read, at once. */
  readNow(path: string): void {
    const route = this.routes.find((each) => each.path === path);
    if (route && !this.isStopped) this.follow(this.read(route, this.besides, true));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.underWay);
    this.besides.agent.destroy();
  }

  private follow(reading: Promise<void>): void {
    this.underWay.add(reading);
    void reading.finally(() => this.underWay.delete(reading));
  }

  /** One connection: a late read is made up for. */
  private async readOn(firstInMs: number, everyMs: number): Promise<void> {
    const connection = new Connection(new Agent({ keepAlive: true, maxSockets: 1 }));
    let dueAt = instant() + firstInMs;
    for (let count = 1; !this.isStopped; count++) {
      await pause(Math.max(0, dueAt - instant()));
      dueAt += everyMs;
      const route = this.routes[Math.floor(Math.random() * this.routes.length)];
      if (route) await this.read(route, connection, count % REVALIDATED_EVERY === 0);
    }
    connection.agent.destroy();
  }

  private async read(
    route: ReadRoute,
    { agent, held }: Connection,
    isRevalidated: boolean,
  ): Promise<void> {
    const { path } = route;
    const known = isRevalidated ? held.get(path) : undefined;
    const start = instant();
    let asOf: string | undefined;
    try {
      const answer = await ask(`${this.url}${path}`, agent, known?.headers.etag);
      const end = instant();
      asOf = answer.headers['kurs-data-as-of']?.toString();
      const good = known && answer.status === 304 ? known : answer;
      if (good.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
      held.set(path, good);
      this.reads.push({ path, start, end, asOf, sightings: route.sightings(good.text) });
    } catch (thrown) {
      const failure = `${path}: ${messageOf(thrown)}`;
      this.reads.push({ path, start, end: instant(), asOf, sightings: [], failure });
    }
  }
}

function ask(url: string, agent: Agent, etag: string | undefined): Promise<Answer> {
  const headers = etag === undefined ? {} : { 'If-None-Match': etag };
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject).once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    }).once('error', reject);
  });
}
