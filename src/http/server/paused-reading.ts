import type { Duplex } from 'node:stream';

/** Why a connection is not read. */
export type PauseReason = 'requests-wait' | 'answer-unread';

const REASONS = new WeakMap<Duplex, Set<PauseReason>>();

/**
 * Stops reading a connection while there is a reason: the system's buffers fill, and the client has to wait. Node
 * resumes a connection whenever an answer drains or a request reads its body; it is then paused again.
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

/** Resumes reading if no other reason remains. */
export function resumeReading(socket: Duplex, reason: PauseReason): void {
  const reasons = REASONS.get(socket);
  if (!reasons?.delete(reason) || reasons.size > 0) return;
  handOver(socket);
  socket.resume();
}

/** Releases a connection that leaves HTTP; its new owner decides when to read. */
export function handOver(socket: Duplex): void {
  REASONS.delete(socket);
  socket.off('resume', pauseAgain);
}

function pauseAgain(this: Duplex): void {
  this.pause();
}
