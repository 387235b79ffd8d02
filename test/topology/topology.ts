import type { TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { KursProcess } from '../support/kurs-process.js';
import { LoadBalancer } from './load-balancer.js';
import { NatsCluster } from './nats-cluster.js';

const NODES = 3;
const INSTANCES = 2;
/** Longer than the balancer needs to notice. */
const DRAIN_SECONDS = 1;

/** What `compose.yaml` describes, as plain processes on one machine. */
export class Topology {
  private constructor(
    readonly database: TestDatabase,
    readonly nats: NatsCluster,
    readonly balancer: LoadBalancer,
    readonly instances: KursProcess[],
    private readonly environment: Record<string, string>,
  ) {}

  /** Starts everything on a database of PostgreSQL; `environment` goes to the instances, `port` is the balancer's. */
  static async start(
    database: TestDatabase,
    environment: Record<string, string>,
    port = 0,
  ): Promise<Topology> {
    const [nats, balancer] = await Promise.all([
      NatsCluster.start(NODES),
      LoadBalancer.start(port),
    ]);
    const topology = new Topology(database, nats, balancer, [], {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      NATS_REPLICAS: String(NODES),
      DRAIN_SECONDS: String(DRAIN_SECONDS),
      ...environment,
    });
    // One after the other: the first makes the tables.
    for (let index = 0; index < INSTANCES; index++) {
      topology.instances.push(await KursProcess.start(topology.environment));
    }
    topology.balance();
    await topology.isBalanced();
    return topology;
  }

  /** Ends one instance as a deploy does, and starts another in its place, which then gets requests. */
  async restart(index: number): Promise<void> {
    await this.instances[index]?.kill('SIGTERM');
    this.instances[index] = await KursProcess.start(this.environment);
    this.balance();
    await this.isBalanced();
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.kill('SIGTERM')));
    await this.balancer.stop();
    await this.nats.stop();
    await this.database.drop();
  }

  private balance(): void {
    this.balancer.balance(this.instances.map(({ url }) => url));
  }

  private isBalanced(): Promise<void> {
    return eventually('every instance gets requests', () =>
      this.instances.every(({ url }) => this.balancer.isReady(url)),
    );
  }
}
