import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CalendarDate, isCalendarDate, moscowDate } from '../common/calendar-date.js';
import type { Clock } from '../common/clock.js';
import { DEMO_CURRENCIES } from './demo-currencies.js';
import { dictionaryXml, refusal, seriesXml, sheetXml } from './demo-documents.js';
import { FIRST_DEMO_DATE, sheetAfter, sheetInForceOn } from './demo-figures.js';

/**
 * Serves the bank's XML routes on a free port of this machine with made-up figures. It has published the sheet
 * in force today; the next one it publishes `publishAfterMs` after its start, and from then on every day's at
 * once.
 */
export class DemoBank {
  private readonly server: Server;
  private readonly startedAt: number;

  private constructor(
    private readonly clock: Clock,
    private readonly publishAfterMs: number,
  ) {
    this.startedAt = clock.now().getTime();
    this.server = createServer((request, response) => {
      // No URL: it would throw for some of what a client may send.
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      this.answer(path, new URLSearchParams(query), response);
    });
  }

  static async start(clock: Clock, publishAfterMs: number): Promise<DemoBank> {
    const bank = new DemoBank(clock, publishAfterMs);
    await new Promise<void>((resolve, reject) => {
      bank.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return bank;
  }

  /** As CBR_BASE_URL. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Date of the sheet that it publishes after its start. */
  get nextDate(): CalendarDate {
    return sheetAfter(moscowDate(this.clock.now()));
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Date of the newest published sheet. */
  private get newest(): CalendarDate {
    const now = this.clock.now();
    if (now.getTime() - this.startedAt >= this.publishAfterMs) return this.nextDate;
    return sheetInForceOn(moscowDate(now)) ?? FIRST_DEMO_DATE;
  }

  private answer(path: string, asked: URLSearchParams, response: ServerResponse): void {
    const document = this.documentFor(path, asked);
    if (document === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', 'application/xml; charset=windows-1251');
    response.setHeader('Kurs-Demo', '1');
    response.end(document);
  }

  private documentFor(path: string, asked: URLSearchParams): Buffer | undefined {
    switch (path) {
      case '/scripts/XML_daily.asp':
        return this.sheet(asked.get('date_req'));
      case '/scripts/XML_dynamic.asp':
        return this.series(asked);
      case '/scripts/XML_val.asp':
      case '/scripts/XML_valFull.asp':
        return dictionaryXml({ isFull: path.endsWith('Full.asp') });
      default:
        return undefined;
    }
  }

  /** The sheet in force on the day; the newest for a later day, and without a day. */
  private sheet(asked: string | null): Buffer {
    const { newest } = this;
    const day = asked === null ? newest : dateOf(asked);
    const date = day && sheetInForceOn(day < newest ? day : newest);
    return date ? sheetXml(date) : refusal();
  }

  private series(asked: URLSearchParams): Buffer {
    const asksFor = asked.get('VAL_NM_RQ') ?? '';
    const currency = DEMO_CURRENCIES.find(({ id }) => id === asksFor);
    const [from, to] = [dateOf(asked.get('date_req1')), dateOf(asked.get('date_req2'))];
    if (!from || !to) return refusal();
    // Of an unknown ID the bank has an empty series.
    return seriesXml(currency ?? asksFor, { from, to, newest: this.newest });
  }
}

/** `25/04/2026` or `25.04.2026`. */
function dateOf(text: string | null): CalendarDate | undefined {
  const date = text?.split(/[/.]/).reverse().join('-');
  return isCalendarDate(date) ? date : undefined;
}
