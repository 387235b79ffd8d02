import type { TestDatabase } from '../support/databases.js';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson } from '../support/json.js';
import { readLog } from '../support/log-reader.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';
import { Checks } from './checks.js';
import { Instance } from './instance.js';
import { LiveClient, type Wish } from './live-client.js';
import type { OperationLog } from './operation-log.js';
import { Writer } from './writer.js';

const DRAINED_WITHIN_MS = 120_000;

interface Status {
  log_id: string;
  seq: number;
  last_run: { result: string } | null;
  nats: { state: string; backlog: number };
}

/** Where a drill takes place: a bank, a broker, a database, and the instances, writers and clients that it puts there. */
export class DrillGround {
  readonly checks = new Checks();
  readonly instances: Instance[] = [];
  readonly clients: LiveClient[] = [];
  private writers: Writer[] = [];
  private readonly endings: (() => Promise<void>)[] = [];
  private hired = 0;

  private constructor(
    readonly bank: FakeBank,
    readonly broker: NatsServer,
    readonly database: TestDatabase,
    readonly log: OperationLog,
    /** Tells a person how far the drill is. */
    readonly say: (line: string) => void,
    private readonly restMs: number,
  ) {}

  /** The bank has published ten currencies; the broker is not up yet. */
  static async prepare(
    database: TestDatabase,
    log: OperationLog,
    say: (line: string) => void,
    restMs = 0,
  ): Promise<DrillGround> {
    const bank = await FakeBank.start();
    bank.publish(sheetXml('24.04.2024', manyValutes(10)));
    return new DrillGround(bank, await NatsServer.prepare(), database, log, say, restMs);
  }

  /** One more instance, running. */
  async start(environment: Record<string, string> = {}): Promise<Instance> {
    const instance = await Instance.prepare({
      CBR_BASE_URL: this.bank.url,
      NATS_URL: this.broker.url,
      DATABASE_URL: this.database.url,
      LOG_LEVEL: 'debug',
      ...environment,
    });
    this.instances.push(instance);
    await this.log.step('start', () => instance.start());
    await eventually('a first run', async () => {
      return (await this.statusOf(instance)).last_run?.result === 'success';
    });
    return instance;
  }

  /** So many writers to each of the instances, or to what stands in front of them. */
  write(count: number, instances: readonly { url: string }[] = this.instances): void {
    for (const { url } of instances) {
      for (let index = 0; index < count; index++) {
        this.hired += 1;
        this.writers.push(new Writer(`W${this.hired}`, url, this.log, this.restMs));
      }
    }
  }

  async stopWriting(): Promise<void> {
    await Promise.all(this.writers.map((writer) => writer.stop()));
    this.writers = [];
  }

  /** So many clients to each of the instances; all are connected when this resolves. */
  async listen(count: number, instances = this.instances): Promise<void> {
    const wishes = instances.map((instance) => ({
      url: () => instance.url,
      mostCuts: () => instance.ends,
    }));
    await this.admit(wishes.flatMap((wish) => Array<typeof wish>(count).fill(wish)));
  }

  /** Clients of their own kind; all are connected when this resolves. */
  async admit(wishes: readonly Omit<Wish, 'logId'>[]): Promise<void> {
    const [first] = this.instances;
    if (!first) throw new Error('Nobody is there to listen to');
    const { log_id: logId } = await this.statusOf(first);
    const newcomers = wishes.map((wish) => new LiveClient({ logId, ...wish }));
    this.clients.push(...newcomers);
    await Promise.all(newcomers.map((client) => client.isConnected()));
  }

  statusOf(instance: Instance): Promise<Status> {
    return getJson<Status>(`${instance.url}/v1/status`);
  }

  /** Waits until so many more operations are acknowledged. */
  async acknowledged(more: number, withinMs?: number): Promise<void> {
    const wanted = this.log.acknowledged + more;
    const what = `${more} more acknowledgements`;
    await eventually(what, () => this.log.acknowledged >= wanted, withinMs);
  }

  /** Lets the writers write for a time; how many operations were acknowledged in it. */
  async writeFor(seconds: number): Promise<number> {
    const before = this.log.acknowledged;
    await pause(seconds * 1_000);
    return this.log.acknowledged - before;
  }

  /** Waits until the stream has the events that are committed by now, or more of them. */
  async published(instance: Instance, withinMs?: number): Promise<void> {
    const { seq } = await this.statusOf(instance);
    const reader = await StreamReader.connect(this.broker.url);
    const what = `the stream has ${seq}`;
    await eventually(what, async () => (await reader.newestSeq()) >= seq, withinMs);
    await reader.close();
  }

  /** Does `ending` when all is over, however it went. */
  atTheEnd(ending: () => Promise<void>): void {
    this.endings.push(ending);
  }

  /** Waits until the broker has everything and the clients have the last event. */
  async settled(instance: Instance): Promise<void> {
    let seen = '';
    await eventually(
      'the backlog is drained',
      async () => {
        const { nats } = await this.statusOf(instance);
        seen = JSON.stringify(nats);
        return nats.state === 'connected' && nats.backlog === 0;
      },
      DRAINED_WITHIN_MS,
    ).catch((thrown: unknown) => {
      throw new Error(`${(thrown as Error).message}: ${seen}\n${instance.output}`);
    });
    const log = await readLog(this.database.url);
    await Promise.all(this.clients.map((client) => client.hasReceived(log)));
  }

  async clear(): Promise<void> {
    for (const instance of this.instances) instance.thaw();
    this.broker.resume();
    await this.stopWriting();
    await Promise.all(this.clients.map((client) => client.leave()));
    await Promise.all(this.instances.map((instance) => instance.kill()));
    this.instances.forEach(({ story }, index) => {
      this.log.keepStory(`instance-${index + 1}`, story);
    });
    for (const ending of this.endings) await ending();
    await this.broker.stop();
    await this.database.drop();
    await this.bank.stop();
  }
}
