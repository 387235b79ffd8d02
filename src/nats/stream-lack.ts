import { commandLine } from '../config/command-line.js';
import type { StreamBeginning } from './rates-stream.js';

/** The first event that the stream has of the log; undefined: none, or it begins with something else. */
type Kept = Omit<StreamBeginning, 'first'> & { firstSeq: number | undefined };

/** Of the log: the oldest `seq` that it keeps, and the last that was sent. */
interface Sent {
  oldest: number;
  sent: number;
}

/**
 * How many of the events that were sent, and that the log keeps, the stream lacks: at least so many, for
 * messages of others, and of another log, count as if they were ours. What a bounded stream has let go is
 * none of them; there only its beginning tells anything.
 */
export function lackOf(stream: Kept, { oldest, sent }: Sent): number {
  const { messages, firstSeq, isUncut, isBounded } = stream;
  const wanted = Math.max(sent - oldest + 1, 0);
  const before = firstSeq === undefined ? 0 : Math.min(Math.max(firstSeq - oldest, 0), wanted);
  if (!isBounded) return Math.max(before, wanted - messages);
  if (!isUncut) return 0;
  return messages === 0 ? wanted : before;
}

/** What the stream lacks and will not get by itself, for the log: `sent` is where the relay goes on, `oldest` where the log begins. */
export function lackOfStream(sent: number, oldest: number, isNew: boolean): string | undefined {
  if (sent + 1 < oldest) {
    return `The stream lacks events ${sent + 1} to ${oldest - 1}, and the log has forgotten them`;
  }
  if (!isNew || sent === 0) return undefined;
  return (
    `The stream is new and lacks events 1 to ${sent}: ` +
    `${commandLine(`events:republish --since ${oldest - 1} --purge`)} sends again what the log keeps`
  );
}
