import type { LogLine } from '../support/log-reader.js';
import { type Connection, type LiveClient, seqOf } from './live-client.js';

/** What the clients of the sockets should have received, and have not. */
export class Received {
  constructor(
    private readonly log: readonly LogLine[],
    private readonly clients: readonly LiveClient[],
  ) {}

  /**
   * Each connection brought a stretch of the log, byte for byte, in order, without a hole or a repeat,
   * that begins at the latest behind what was there when it was opened; one that stood to the end
   * brought all that followed. Nothing but the end of an instance cuts a client off.
   */
  ofConnections(): string[] {
    return this.clients.flatMap(({ instance, connections }) => {
      const cuts = connections.length - 1;
      const complaints = connections.flatMap((connection) => this.ofConnection(connection));
      const isCalm = cuts <= instance.ends;
      return isCalm ? complaints : [`cut off ${cuts} times by ${instance.ends} ends`];
    });
  }

  /** What a client got live, and what it asked for after it was cut off, is the log together. */
  ofUnion(): string[] {
    return this.clients.flatMap((client) => {
      const received = new Map<number, string>();
      for (const event of client.asked) received.set(event.seq, JSON.stringify(event));
      const frames = client.connections.flatMap((connection) => connection.frames);
      for (const frame of frames) received.set(seqOf(frame), normal(frame));
      const wrong = this.log.filter(({ seq, payload }) => received.get(seq) !== normal(payload));
      const surplus = received.size > this.log.length ? ['events that the log does not have'] : [];
      return [...wrong.map(({ seq }) => `${seq} is missing, or another`), ...surplus];
    });
  }

  private ofConnection({ frames, openAt, isStanding }: Connection): string[] {
    const [end, first] = [this.log.length, frames[0]];
    const start = first === undefined ? (openAt ?? end) : seqOf(first) - 1;
    const complaints: string[] = [];
    if (openAt !== undefined && start > openAt) {
      complaints.push(`opened at ${openAt}, first received ${start + 1}`);
    }
    if (isStanding && start + frames.length !== end) {
      complaints.push(`received ${start + 1} to ${start + frames.length} of ${end}`);
    }
    const wrong = frames.findIndex((frame, index) => frame !== this.log[start + index]?.payload);
    if (wrong >= 0) complaints.push(`at ${start + wrong + 1} received ${frames[wrong]}`);
    return complaints;
  }
}

function normal(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
