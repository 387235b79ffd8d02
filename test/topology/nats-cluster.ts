import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { NatsServer } from '../support/nats-server.js';

const READY_MS = 30_000;

/** Real brokers that keep their streams together. */
export class NatsCluster {
  private constructor(readonly nodes: readonly NatsServer[]) {}

  static async start(size: number): Promise<NatsCluster> {
    const ports: number[] = [];
    while (ports.length < size) ports.push(await freePort());
    const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(', ');
    const nodes = await Promise.all(
      ports.map((port, index) => {
        const cluster = `cluster { name: kurs, listen: "127.0.0.1:${port}", routes: [${routes}] }`;
        return NatsServer.prepare({ config: `server_name: node-${index + 1}\n${cluster}` });
      }),
    );
    const result = new NatsCluster(nodes);
    await Promise.all(nodes.map((node) => node.up()));
    await result.ready();
    return result;
  }

  /** As NATS_URL. */
  get url(): string {
    return this.nodes.map(({ url }) => url).join(',');
  }

  /** The node that leads the stream; undefined while there is none. */
  async leaderOf(stream: string): Promise<NatsServer | undefined> {
    const connection = await this.connect();
    try {
      const { streams } = await jetstreamManager(connection);
      const { cluster } = await streams.info(stream);
      const index = Number.parseInt(cluster?.leader?.replace('node-', '') ?? '0', 10) - 1;
      return this.nodes[index];
    } finally {
      await connection.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** The nodes have found each other and agreed on a leader. */
  private async ready(): Promise<void> {
    const connection = await this.connect();
    try {
      const isAgreed = async () => {
        const manager = await jetstreamManager(connection).catch(() => undefined);
        return (await manager?.getAccountInfo().catch(() => undefined)) !== undefined;
      };
      await eventually('the brokers agree', isAgreed, READY_MS);
    } finally {
      await connection.close();
    }
  }

  private connect() {
    return connect({ servers: this.nodes.map(({ url }) => url), maxReconnectAttempts: -1 });
  }
}
