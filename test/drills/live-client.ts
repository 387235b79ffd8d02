import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { SocketClient } from '../support/socket-client.js';
import type { Instance } from './instance.js';

const RETRY_MS = 50;
const ANSWER_WITHIN_MS = 15_000;
const PAGE = 1_000;

/** One connection of a client, from its opening to its end. */
export interface Connection {
  frames: readonly string[];
  /** The log's newest `seq` once the connection stood: all after it must come. Undefined: nobody told. */
  openAt: number | undefined;
  /** It stood until the client itself left. */
  isStanding: boolean;
}

interface Page {
  seq: number;
  events: { seq: number }[];
}

/**
 * A client of one instance's socket that connects again whenever it is cut off, and then asks for what
 * it has missed. It asks over HTTP, in `catchUp`; a socket that resumes (`since`) belongs there.
 */
export class LiveClient {
  readonly connections: Connection[] = [];
  /** What it asked for, beside what the frames brought it; may overlap with them. */
  readonly asked: { seq: number }[] = [];
  /** It has every event up to this `seq`. */
  private position = 0;
  private current: SocketClient | undefined;
  private isStaying = true;
  private readonly ended: Promise<void>;

  constructor(readonly instance: Instance) {
    this.ended = this.stay();
  }

  async isConnected(): Promise<void> {
    await eventually('a client is connected', () => this.latest?.openAt !== undefined);
  }

  /** Waits until it has the event with this `seq`, and all before. */
  async hasReceived(seq: number): Promise<void> {
    await eventually(`a client has received ${seq}`, () => this.reach(this.latest) >= seq, 30_000);
  }

  async leave(): Promise<void> {
    this.isStaying = false;
    await this.current?.close();
    await this.ended;
  }

  private get latest(): Connection | undefined {
    return this.connections.at(-1);
  }

  private async stay(): Promise<void> {
    while (this.isStaying) {
      this.current = await SocketClient.connect(this.instance.url).catch(() => undefined);
      if (this.current) await this.listen(this.current);
      else await pause(RETRY_MS);
    }
  }

  private async listen(client: SocketClient): Promise<void> {
    const connection: Connection = {
      frames: client.messages,
      openAt: undefined,
      isStanding: true,
    };
    this.connections.push(connection);
    // A service that is killed meanwhile does not answer; the next connection asks again.
    connection.openAt = await this.catchUp().catch(() => undefined);
    await client.closed;
    connection.isStanding = !this.isStaying;
    this.position = this.reach(connection);
  }

  /** Asks for everything between its position and the end of the log, which it returns. */
  private async catchUp(): Promise<number> {
    for (let openAt: number | undefined; ;) {
      const url = `${this.instance.url}/v1/events?after=${this.position}&limit=${PAGE}`;
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const page = await getJson<Page>(url, { signal });
      this.asked.push(...page.events);
      this.position = page.events.at(-1)?.seq ?? this.position;
      openAt ??= page.seq;
      if (this.position >= openAt) return openAt;
    }
  }

  /** Up to which `seq` it has everything. What came live is joined to the rest once it has caught up. */
  private reach(connection: Connection | undefined): number {
    const newest = connection?.openAt === undefined ? undefined : connection.frames.at(-1);
    return newest === undefined ? this.position : Math.max(this.position, seqOf(newest));
  }
}

/** The `seq` in a frame. */
export function seqOf(frame: string): number {
  return (JSON.parse(frame) as { seq: number }).seq;
}
