import {
  addDays,
  type CalendarDate,
  daysBetween,
  moscowDate,
} from '../../src/common/calendar-date.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, EUR, IRR, JPY, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { DICTIONARY, dotted } from './market.js';

/** Three days around today in Moscow: real processes use the real clock. */
export const TODAY = moscowDate(new Date());
export const YESTERDAY = addDays(TODAY, -1);
export const TOMORROW = addDays(TODAY, 1);
export const FIRST_DAY = '1992-07-01' as CalendarDate;

/** Day of the highest rate of the dollar. */
export const HIGH_DAY = addDays(TODAY, -1_000);

/** Yesterday's sheet, carried to today. */
const SHEET: Valute[] = [at(USD, '75,5270'), at(EUR, '1088,1020'), JPY, IRR];

/** History of the dollar: old roubles, a low, a high, and some days of this month. */
const DOLLARS = [
  { date: FIRST_DAY, value: '125,2600' },
  { date: '1997-12-30', value: '5 960,0000' },
  { date: '1998-01-01', value: '5,9600' },
  { date: HIGH_DAY, value: '120,3785' },
  { date: addDays(TODAY, -300), value: '80,1000' },
  { date: addDays(TODAY, -20), value: '74,0000' },
  { date: addDays(TODAY, -10), value: '76,0001' },
  { date: YESTERDAY, value: '75,5270' },
];

/** The real service in a process, at an address that it keeps across restarts, with a small history since 1992. */
export class DashboardService {
  private kurs: KursProcess | undefined;

  private constructor(
    private readonly bank: FakeBank,
    private readonly database: TestDatabase,
    private readonly port: number,
  ) {}

  static async start(): Promise<DashboardService> {
    const bank = await FakeBank.start();
    bank.publish(sheetXml(dotted(YESTERDAY), SHEET));
    bank.list(DICTIONARY);
    for (const { id, value, nominal } of SHEET) {
      bank.record(id, [{ date: YESTERDAY, value, nominal: Number(nominal) }]);
    }
    bank.record(USD.id, DOLLARS);
    const service = new DashboardService(bank, await createSqlite(), await freePort());
    await service.begin();
    await service.kurs?.printed(/History is loaded/);
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the service again on the same port, after `end`. */
  async begin(): Promise<void> {
    this.kurs = await KursProcess.start({
      PORT: String(this.port),
      CBR_BASE_URL: this.bank.url,
      DATABASE_URL: this.database.url,
      BACKFILL_DAYS: String(daysBetween(FIRST_DAY, YESTERDAY)),
    });
    await this.kurs.printed(/Rates update finished/);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    await this.kurs?.kill(signal);
  }

  /** Publishes a sheet at the bank, with some values changed, and triggers a fetch. */
  async publish(date: CalendarDate, changed: Partial<Record<string, string>>): Promise<void> {
    const valutes = SHEET.map((valute) => at(valute, changed[valute.code] ?? valute.value));
    this.bank.publish(sheetXml(dotted(date), valutes));
    const { status } = await fetch(`${this.url}/tasks/run`, { method: 'POST' });
    if (status >= 300) throw new Error(`The forced run answered ${status}`);
  }

  async stop(): Promise<void> {
    await this.end('SIGKILL');
    await this.database.drop();
    await this.bank.stop();
  }
}
