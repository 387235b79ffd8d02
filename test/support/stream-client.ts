import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { eventually } from './eventually.js';

/** A faulty network may lose a request. */
const ANSWER_MS = 10_000;

/** Client of the event stream, `/v1/stream`, that records all messages. */
export class StreamClient {
  readonly messages: string[] = [];
  /** Received ids in order, including those without a message. */
  readonly ids: string[] = [];
  /** Number of comments. */
  comments = 0;
  /** Last requested reconnection time, in milliseconds. */
  retryMs: number | undefined;
  readonly closed: Promise<void>;
  private text = '';

  private constructor(readonly response: IncomingMessage) {
    this.closed = new Promise((resolve) => response.once('close', resolve));
    response.setEncoding('utf8').on('data', (chunk: string) => this.take(chunk));
    // `closed` reports an interrupted connection.
    response.on('error', () => undefined);
  }

  /** Rejects with the status if there is no stream. */
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
    // From here on silence is normal, and `closed` reports the end.
    request.setTimeout(0).on('error', () => undefined);
    return new StreamClient(response);
  }

  /** Waits for a total number of messages. */
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
    // A comment, sent as a heartbeat.
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
