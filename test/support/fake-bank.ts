import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type DictionaryItem,
  dictionaryXml,
  encode1251,
  type SeriesPoint,
  seriesXml,
} from './sheet-builder.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type HistoryHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

const REFUSAL =
  '<?xml version="1.0" encoding="windows-1251" ?><ValCurs>Error in parameters</ValCurs>';

/** Fake Bank of Russia: windows-1251 bytes, the last sheet for a day without one, status 200 for rejections. */
export class FakeBank {
  /** `date_req` of every request, null for the newest sheet. */
  readonly questions: (string | null)[] = [];
  /** Every history request: the requested ID, or `dictionary`. */
  readonly historyQuestions: string[] = [];
  private readonly sheets = new Map<string, Buffer>();
  private readonly series = new Map<string, SeriesPoint[]>();
  private dictionary: DictionaryItem[] = [];
  private historyHandler: HistoryHandler | undefined;
  private handler: Handler | undefined;

  private server: Server | undefined;
  private address = '';

  /** Starts a bank. */
  static async start(): Promise<FakeBank> {
    const bank = new FakeBank();
    await bank.open();
    return bank;
  }

  /** Listens on a free port, without publications. */
  async open(): Promise<void> {
    this.questions.length = 0;
    this.historyQuestions.length = 0;
    this.sheets.clear();
    this.series.clear();
    this.dictionary = [];
    this.handler = undefined;
    this.historyHandler = undefined;
    const server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** For CBR_BASE_URL. */
  get url(): string {
    return this.address;
  }

  /** Publishes a document; text is sent in the bank's encoding, bytes unchanged. */
  publish(document: string | Buffer): void {
    const bytes = typeof document === 'string' ? encode1251(document) : document;
    const [, day, month, year] =
      /Date="(\d\d)\.(\d\d)\.(\d{4})"/.exec(bytes.toString('latin1')) ?? [];
    this.sheets.set(`${year}-${month}-${day}`, bytes);
  }

  /** Removes the sheet of a day, yyyy-mm-dd. */
  withdraw(date: string): void {
    this.sheets.delete(date);
  }

  /** Installs a handler for sheet requests; without an argument, restores the normal behaviour. */
  misbehave(handler?: Handler): void {
    this.handler = handler;
  }

  /** Publishes a dictionary; without one its address does not exist. */
  list(items: DictionaryItem[]): void {
    this.dictionary = items;
  }

  /** Publishes the history of a currency, days as yyyy-mm-dd; a point may belong to another ID (`id`). */
  record(id: string, points: SeriesPoint[]): void {
    this.series.set(id, points);
  }

  /** Like `misbehave`, for history requests. The bank awaits the handler and answers itself if the handler did not. */
  misbehaveOnHistory(handler?: HistoryHandler): void {
    this.historyHandler = handler;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise<unknown>((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://bank');
    if (url.pathname !== '/scripts/XML_daily.asp') {
      void this.answerHistory(url, request, response);
      return;
    }
    const asked = url.searchParams.get('date_req');
    this.questions.push(asked);
    if (this.handler) {
      this.handler(request, response);
      return;
    }
    this.answerAsUsual(request, response);
  }

  /** Normal answer, for handlers: the sheet in force on the requested day, or the newest. */
  answerAsUsual(request: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(request.url ?? '/', 'http://bank').searchParams.get('date_req');
    const last = asked?.split('/').reverse().join('-') ?? '9999';
    const date = [...this.sheets.keys()].sort().findLast((each) => each <= last);
    response.setHeader('Content-Type', 'text/xml; charset=windows-1251');
    response.end(date === undefined ? encode1251(REFUSAL) : this.sheets.get(date));
  }

  private async answerHistory(
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const asked = (name: string) => url.searchParams.get(name) ?? '';
    const id = asked('VAL_NM_RQ');
    this.historyQuestions.push(id || 'dictionary');
    await this.historyHandler?.(request, response);
    if (response.headersSent || response.writableEnded) return;
    response.setHeader('Content-Type', 'application/xml; charset=windows-1251');
    if (url.pathname === '/scripts/XML_valFull.asp' && this.dictionary.length > 0) {
      response.end(encode1251(dictionaryXml(this.dictionary)));
    } else if (url.pathname === '/scripts/XML_dynamic.asp') {
      const [from = '', to = ''] = [asked('date_req1'), asked('date_req2')].map((text) =>
        text.split('/').reverse().join('-'),
      );
      const points = this.series.get(id) ?? [];
      const within = points.filter(({ date }) => from <= date && date <= to);
      response.end(encode1251(seriesXml(id, from, to, within)));
    } else {
      response.writeHead(404).end();
    }
  }
}
