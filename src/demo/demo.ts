import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CalendarDate, daysBetween, moscowDate } from '../common/calendar-date.js';
import { type Clock, SystemClock } from '../common/clock.js';
import { messageOf } from '../common/message-of.js';
import { BadSettingsError } from '../config/config.errors.js';
import { Settings } from '../config/settings.js';
import { DemoBank } from './demo-bank.js';

/** When the demo bank publishes the next sheet, after its start. */
const PUBLISH_AFTER_MS = 60_000;
/** So that it is seen within seconds. */
const POLL_SECONDS = 5;
/** Of the Bank of Russia's first sheet. */
const FIRST_BANK_DATE = '1992-07-01' as CalendarDate;

/** Settings that name an operator's databases and brokers, or the real bank. The demo sets its own. */
const REPLACED = ['DATABASE_URL', 'NATS_URL', 'CBR_BASE_URL'] as const;

interface DemoOptions {
  clock?: Clock;
  publishAfterMs?: number;
  /** Folder for the demo's own. */
  place?: string;
}

/** The bank and the folder of a demo, both gone when it ends. */
export class Demo {
  private constructor(
    private readonly bank: DemoBank,
    private readonly clear: () => void,
    /** With which the service runs on the demo bank and on a database of its own. */
    readonly settings: Settings,
  ) {}

  /** @throws BadSettingsError where a setting names a database, a broker or a bank: made-up figures stay away from them */
  static async start(
    settings: Settings,
    {
      clock = new SystemClock(),
      publishAfterMs = PUBLISH_AFTER_MS,
      place = tmpdir(),
    }: DemoOptions = {},
  ): Promise<Demo> {
    refuseRealPlaces(settings);
    const folder = newFolder(place);
    const clear = () => rmSync(folder, { recursive: true, force: true });
    // For a process that ends by an error, or by a signal before the service has started.
    process.once('exit', clear);
    const bank = await DemoBank.start(clock, publishAfterMs);
    const own: Partial<Settings> = {
      DATABASE_URL: `sqlite:${join(folder, 'kurs.db')}`,
      CBR_BASE_URL: bank.url,
      CBR_POLL_SECONDS: POLL_SECONDS,
      CBR_WATCH_SECONDS: POLL_SECONDS,
      CBR_REQUESTS_PER_SECOND: 1_000,
      // Its bank answers about every day, and has set no rates before its first: nothing is "not loaded".
      BACKFILL_DAYS: daysBetween(FIRST_BANK_DATE, moscowDate(clock.now())),
      // Kept answers are sent as they were made, without the header that marks a demo.
      RESPONSE_CACHE: 'off',
    };
    return new Demo(bank, clear, Object.assign(new Settings(), settings, own));
  }

  /** For the log: nobody is to take these figures for the bank's. */
  get notice(): string {
    return `DEMO: all figures are made up, by a bank in this process; the sheet of ${this.bank.nextDate} comes in a minute`;
  }

  async stop(): Promise<void> {
    await this.bank.stop();
    process.off('exit', this.clear);
    this.clear();
  }
}

function newFolder(place: string): string {
  try {
    return mkdtempSync(join(place, 'kurs-demo-'));
  } catch (thrown) {
    const why = `${place} is not one: ${messageOf(thrown)}`;
    throw new BadSettingsError([`TMPDIR must be a folder that Kurs can write (${why})`]);
  }
}

function refuseRealPlaces(settings: Settings): void {
  const defaults = new Settings();
  const set = REPLACED.filter((name) => settings[name] !== defaults[name]);
  if (set.length === 0) return;
  throw new BadSettingsError(
    set.map((name) => `${name} must not be set with DEMO=1, which keeps its made-up figures apart`),
  );
}
