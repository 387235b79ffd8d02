import type { LogLine } from '../support/log-reader.js';
import { type Connection, type LiveClient, seqOf } from './live-client.js';

/** What live clients should have received, and have not. */
export class Received {
  constructor(
    private readonly log: readonly LogLine[],
    private readonly clients: readonly LiveClient[],
  ) {}

  /**
   * Each connection brought what its client wants of the log, right from where it asked to begin, byte
   * for byte, in order, without a hole or a repeat; one that stood to the end brought all that followed.
   * Nothing but what the drill does on purpose cuts a client off.
   */
  ofConnections(): string[] {
    return this.clients.flatMap((client) => {
      const cuts = client.connections.length - 1;
      const most = client.wish.mostCuts();
      if (cuts > most) return [`cut off ${cuts} times, ${most} on purpose`];
      const wanted = this.log.filter(({ code }) => client.wants(code));
      return client.connections.flatMap((connection) => complaintsOf(connection, wanted));
    });
  }

  /** What all connections of a client brought is what it wants of the log, every event once. */
  ofUnion(): string[] {
    return this.clients.flatMap((client) => {
      const wanted = this.log.filter(({ code }) => client.wants(code));
      const frames = client.connections.flatMap((connection) => connection.frames);
      const complaints = wanted.flatMap(({ seq, payload }, index) =>
        frames[index] === payload ? [] : [`${seq} is missing, or another: ${frames[index]}`],
      );
      if (frames.length === wanted.length) return complaints;
      return [...complaints, `${frames.length} frames of ${wanted.length} events`];
    });
  }
}

/** How a connection differs from the part of the log that it should have brought. */
export function complaintsOf(
  { since, frames, isStanding }: Connection,
  wanted: readonly LogLine[],
): string[] {
  const expected = wanted.filter(({ seq }) => seq > since);
  const complaints: string[] = [];
  if (isStanding && frames.length !== expected.length) {
    complaints.push(`since ${since} received ${frames.length} of ${expected.length}`);
  }
  const wrong = frames.findIndex((frame, index) => frame !== expected[index]?.payload);
  if (wrong >= 0) {
    const found = frames[wrong] ?? '';
    const what = found.includes('"seq"') ? seqOf(found) : found;
    complaints.push(`since ${since} received ${what} where ${expected[wrong]?.seq} belongs`);
  }
  return complaints;
}
