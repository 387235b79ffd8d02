import type { Duplex } from 'node:stream';

/** Why nothing is read from a connection for the moment. */
export type PauseReason = 'requests-wait' | 'answer-unread';

const REASONS = new WeakMap<Duplex, Set<PauseReason>>();

/**
 * Reads nothing from a connection as long as there is a reason: the system's buffers fill, and the client has
 * to wait. Node resumes a connection whenever an answer drains or a request wants its body; each time it is
 * paused again.
 */
export function pauseReading(socket: Duplex, reason: PauseReason): void {
  const reasons = REASONS.get(socket);
  if (reasons) {
    reasons.add(reason);
    return;
  }
  REASONS.set(socket, new Set([reason]));
  socket.on('resume', pauseAgain);
  socket.pause();
}

/** Reads again if no other reason is left. */
export function resumeReading(socket: Duplex, reason: PauseReason): void {
  const reasons = REASONS.get(socket);
  if (!reasons?.delete(reason) || reasons.size > 0) return;
  handOver(socket);
  socket.resume();
}

/** Lets go of a connection that leaves HTTP: who takes it over decides when it is read. */
export function handOver(socket: Duplex): void {
  REASONS.delete(socket);
  socket.off('resume', pauseAgain);
}

function pauseAgain(this: Duplex): void {
  this.pause();
}
