import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { eventually } from './eventually.js';

/** A network may swallow a request. */
const ANSWER_MS = 10_000;

/** A client of the event stream, `/v1/stream`, that keeps every message. */
export class StreamClient {
  readonly messages: string[] = [];
  /** The ids that came, in order, those without a message as well. */
  readonly ids: string[] = [];
  /** How many comments came. */
  comments = 0;
  /** What the service asked to wait before connecting again, the last time, in milliseconds. */
  retryMs: number | undefined;
  readonly closed: Promise<void>;
  private text = '';

  private constructor(readonly response: IncomingMessage) {
    this.closed = new Promise((resolve) => response.once('close', resolve));
    response.setEncoding('utf8').on('data', (chunk: string) => this.take(chunk));
    // A connection that is cut says so in `closed`.
    response.on('error', () => undefined);
  }

  /** Rejects when there is no stream, with the status. */
  static async connect(
    url: string,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<StreamClient> {
    const request = get(`${url}/v1/stream${query}`, { headers, agent: false });
    request.setTimeout(ANSWER_MS, () => request.destroy(new Error('No answer')));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) {
      response.destroy();
      throw new Error(`The stream was refused with ${response.statusCode}`);
    }
    // From here on silence is no fault, and an end is said in `closed`.
    request.setTimeout(0).on('error', () => undefined);
    return new StreamClient(response);
  }

  /** Waits for that many messages in all. */
  async received(count: number): Promise<string[]> {
    await eventually(`${count} messages`, () => this.messages.length >= count);
    return this.messages;
  }

  async close(): Promise<void> {
    this.response.destroy();
    await this.closed;
  }

  private take(chunk: string): void {
    this.text += chunk;
    for (let end = this.text.indexOf('\n\n'); end >= 0; end = this.text.indexOf('\n\n')) {
      for (const line of this.text.slice(0, end).split('\n')) this.read(line);
      this.text = this.text.slice(end + 2);
    }
  }

  private read(line: string): void {
    // A comment, which keeps the connection busy.
    if (line.startsWith(':')) {
      this.comments += 1;
      return;
    }
    const [, name, value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    if (name === 'id') this.ids.push(value);
    else if (name === 'data') this.messages.push(value);
    else if (name === 'retry') this.retryMs = Number(value);
    else throw new Error(`No line of a stream: ${line}`);
  }
}
