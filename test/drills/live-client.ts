import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import type { LogLine } from '../support/log-reader.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';

const RETRY_MS = 200;

/** One connection of a client, from its opening to its end. */
export interface Connection {
  /** It asked for everything after this `seq`. */
  since: number;
  frames: readonly string[];
  /** It stood until the client itself left. */
  isStanding: boolean;
}

/** What a client of live delivery wants. */
export interface Wish {
  logId: string;
  /** Where to connect to, this time. */
  url: () => string;
  /** How often it may have been cut off by now. */
  mostCuts: () => number;
  codes?: readonly string[];
  face?: 'socket' | 'stream';
}

/** Connects again whenever it is cut off, and asks for what comes after the last event that it has. */
export class LiveClient {
  readonly connections: Connection[] = [];
  /** It has every event that it wants up to this `seq`. */
  private position = 0;
  private current: SocketClient | StreamClient | undefined;
  private isStaying = true;
  private readonly ended: Promise<void>;

  constructor(readonly wish: Wish) {
    this.ended = this.stay();
  }

  wants(code: string): boolean {
    return this.wish.codes?.includes(code) ?? true;
  }

  async isConnected(): Promise<void> {
    await eventually('a client is connected', () => this.current !== undefined);
  }

  /** Waits until it has what it wants of the log. */
  async hasReceived(log: readonly LogLine[]): Promise<void> {
    const seq = log.findLast(({ code }) => this.wants(code))?.seq ?? 0;
    await eventually(`a client has received ${seq}`, () => this.reach >= seq, 30_000);
  }

  async leave(): Promise<void> {
    this.isStaying = false;
    await this.current?.close();
    await this.ended;
  }

  private async stay(): Promise<void> {
    while (this.isStaying) {
      this.current = await this.connect().catch(() => undefined);
      if (this.current) await this.listen(this.current);
      else await pause(RETRY_MS);
    }
  }

  private connect(): Promise<SocketClient | StreamClient> {
    const { logId, url, codes, face } = this.wish;
    const place = `${logId}:${this.position}`;
    const filter = codes ? `codes=${codes.join(',')}` : '';
    // As a browser's EventSource does it: the address stays, the header moves.
    if (face === 'stream') {
      return StreamClient.connect(url(), { 'Last-Event-ID': place }, `?since=0&${filter}`);
    }
    return SocketClient.connect(url(), {}, `?since=${place}&${filter}`);
  }

  private async listen(client: SocketClient | StreamClient): Promise<void> {
    const connection = { since: this.position, frames: client.messages, isStanding: true };
    this.connections.push(connection);
    await client.closed;
    connection.isStanding = !this.isStaying;
    this.position = this.reach;
  }

  private get reach(): number {
    const newest = this.connections.at(-1)?.frames.at(-1);
    return newest === undefined ? this.position : seqOf(newest);
  }
}

/** The `seq` in a frame. */
export function seqOf(frame: string): number {
  return (JSON.parse(frame) as { seq: number }).seq;
}
