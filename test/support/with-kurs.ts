import { migratedDatabase } from './migrated-databases.js';
import type { TestDatabase } from './databases.js';
import { FakeBank } from './fake-bank.js';
import { getJson } from './json.js';
import { RunningKurs } from './kurs.js';
import { NatsServer } from './nats-server.js';
import { TestClock } from './test-clock.js';

interface KursOptions {
  /** Of the database, which has run all migrations. SQLite unless told otherwise. */
  engine?: string;
  /** What the bank has published when the service starts. */
  sheets?: readonly (string | Buffer)[];
  /** ISO 8601 with its zone: the clock stands there until the test sets it. */
  clock?: string;
  /** With a broker that is up. */
  broker?: boolean;
  /** Environment of the service. */
  settings?: Record<string, string>;
  /** One service for all tests of the block, instead of one for each. */
  once?: boolean;
  /** Before the service starts. */
  prepare?: (fixture: KursFixture) => unknown;
  /** False: the tests start the service, by `start`. */
  starts?: boolean;
}

/** What `withKurs` gives: the same objects for all tests of a block, their insides anew for each. */
export class KursFixture {
  readonly bank = new FakeBank();
  readonly kurs = new RunningKurs();
  /** Where the service is given a clock; otherwise it goes by the machine's. */
  readonly clock: TestClock;
  private readonly endings: (() => unknown)[] = [];
  private openedDatabase: TestDatabase | undefined;
  private startedBroker: NatsServer | undefined;

  constructor(private readonly options: KursOptions) {
    this.clock = new TestClock(options.clock ?? new Date(0).toISOString());
  }

  get database(): TestDatabase {
    if (!this.openedDatabase) throw new Error('There is no database yet');
    return this.openedDatabase;
  }

  /** Of the file of the database. */
  get sqlitePath(): string {
    return this.database.url.slice('sqlite:'.length);
  }

  get broker(): NatsServer {
    if (!this.startedBroker) throw new Error('There is no broker');
    return this.startedBroker;
  }

  /** Starts the service on the database, or starts it again, with more settings if wanted. */
  async start(settings: Record<string, string> = {}): Promise<void> {
    await this.kurs.stop();
    const environment = {
      CBR_BASE_URL: this.bank.url,
      DATABASE_URL: this.database.url,
      ...(this.startedBroker && { NATS_URL: this.startedBroker.url }),
      ...this.options.settings,
      ...settings,
    };
    await this.kurs.start(environment, this.options.clock === undefined ? undefined : this.clock);
  }

  /** Has the service fetch now. */
  run<T = object>(): Promise<T> {
    return getJson<T>(`${this.kurs.url}/tasks/run`, { method: 'POST' });
  }

  /** Does `ending` before the service stops, however the test ends. */
  atTheEnd(ending: () => unknown): void {
    this.endings.push(ending);
  }

  async setUp(): Promise<void> {
    const { engine = 'SQLite', sheets = [], clock, broker, prepare, starts } = this.options;
    if (clock !== undefined) this.clock.jump(clock);
    await this.bank.open();
    this.atTheEnd(() => this.bank.stop());
    if (broker) {
      this.startedBroker = await NatsServer.start();
      this.atTheEnd(() => this.broker.stop());
    }
    this.openedDatabase = await migratedDatabase(engine);
    this.atTheEnd(() => this.database.drop());
    for (const sheet of sheets) this.bank.publish(sheet);
    this.atTheEnd(() => this.kurs.stop());
    await prepare?.(this);
    if (starts ?? true) await this.start();
  }

  /** What was set up last ends first; every ending has its turn, also after one that fails. */
  async tearDown(): Promise<void> {
    // The service waits for timers when it stops.
    jest.useRealTimers();
    const failures: unknown[] = [];
    for (const ending of this.endings.splice(0).reverse()) {
      try {
        await ending();
      } catch (thrown) {
        failures.push(thrown);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/**
 * Gives the tests of a block a service in this process, a bank that it fetches from, and a database; for each
 * test, or once for all. All of it ends afterwards, also when the start fails. Hooks that need the service
 * stand after the call.
 */
export function withKurs(options: KursOptions = {}): KursFixture {
  const fixture = new KursFixture(options);
  if (options.once) {
    beforeAll(() => fixture.setUp());
    afterAll(() => fixture.tearDown());
  } else {
    beforeEach(() => fixture.setUp());
    afterEach(() => fixture.tearDown());
  }
  return fixture;
}
