import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { getJson, type RateBody, withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import type { RateEvent } from '../../clients/js/src/kurs.js';

interface EventPage {
  log_id: string;
  seq: number;
  events: RateEvent[];
}

/** The real service in a process, at an address that it keeps over restarts; events 1 to 3 are a sheet. */
export class LiveService {
  private kurs: KursProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly bank: FakeBank,
    private readonly database: TestDatabase,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(
    environment: Record<string, string> = {},
    port?: number,
  ): Promise<LiveService> {
    const bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD, EUR, JPY]));
    const service = new LiveService(
      port ?? (await freePort()),
      bank,
      await createSqlite(),
      environment,
    );
    await service.begin();
    await service.kurs?.printed(/saved 3 records/);
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** After `end`, on the same port. */
  async begin(): Promise<void> {
    this.kurs = await KursProcess.start({
      ...this.environment,
      PORT: String(this.port),
      CBR_BASE_URL: this.bank.url,
      DATABASE_URL: this.database.url,
    });
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    await this.kurs?.kill(signal);
  }

  /** One event each; returns the ids of the rates. */
  async make(...codes: string[]): Promise<number[]> {
    const ids: number[] = [];
    for (const code of codes) {
      const body = withBody('POST', { code, name: code, value: `1.${ids.length}5` });
      ids.push((await getJson<RateBody>(`${this.url}/rates/create`, body)).id);
    }
    return ids;
  }

  async edit(id: number, value: string): Promise<void> {
    await getJson(`${this.url}/rates/update?rate_id=${id}`, withBody('PATCH', { value }));
  }

  async delete(id: number): Promise<void> {
    await fetch(`${this.url}/rates/delete?rate_id=${id}`, { method: 'DELETE' });
  }

  /** What a client that was there all the time has been told, after `seq`. */
  async events(after = 0): Promise<RateEvent[]> {
    return (await this.page(after)).events;
  }

  async position(): Promise<{ log_id: string; seq: number }> {
    const { log_id, seq } = await this.page(0);
    return { log_id, seq };
  }

  async stop(): Promise<void> {
    await this.end('SIGKILL');
    await this.database.drop();
    await this.bank.stop();
  }

  private page(after: number): Promise<EventPage> {
    return getJson<EventPage>(`${this.url}/v1/events?after=${after}&limit=1000`);
  }
}
