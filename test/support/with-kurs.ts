import { migratedDatabase } from './migrated-databases.js';
import type { TestDatabase } from './databases.js';
import { FakeBank } from './fake-bank.js';
import { getJson } from './json.js';
import { RunningKurs } from './kurs.js';
import { NatsServer } from './nats-server.js';
import { TestClock } from './test-clock.js';

interface KursOptions {
  /** Engine of the migrated database; SQLite by default. */
  engine?: string;
  /** Sheets that the bank has published before the start. */
  sheets?: readonly (string | Buffer)[];
  /** Time of the fixed clock until the test changes it, ISO 8601 with a time zone. */
  clock?: string;
  /** With a running broker. */
  broker?: boolean;
  /** Environment of the service. */
  settings?: Record<string, string>;
  /** One service for all tests of the block instead of one each. */
  once?: boolean;
  /** Runs before the service starts. */
  prepare?: (fixture: KursFixture) => unknown;
  /** false: the tests start the service with `start`. */
  starts?: boolean;
}

/** Result of `withKurs`: the same object for all tests of a block, set up anew for each. */
export class KursFixture {
  readonly bank = new FakeBank();
  readonly kurs = new RunningKurs();
  /** Used if `clock` is set; otherwise the service uses the system clock. */
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

  /** Path of the database file. */
  get sqlitePath(): string {
    return this.database.url.slice('sqlite:'.length);
  }

  get broker(): NatsServer {
    if (!this.startedBroker) throw new Error('There is no broker');
    return this.startedBroker;
  }

  /** Starts or restarts the service on the database, with optional additional settings. */
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

  /** Starts a fetch. */
  run<T = object>(): Promise<T> {
    return getJson<T>(`${this.kurs.url}/tasks/run`, { method: 'POST' });
  }

  /** Runs `ending` before the service stops, however the test ends. */
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

  /** Tears down in reverse order; a failure does not prevent the others. */
  async tearDown(): Promise<void> {
    // A stopping service waits for timers.
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
 * Provides the tests of a block with a service in this process, a fake bank and a database; for each test, or once
 * for all. Everything is torn down afterwards, even if the start fails. Hooks that need the service must follow the
 * call.
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
