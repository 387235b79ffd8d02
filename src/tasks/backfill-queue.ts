import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BankCircuit } from '../cbr/bank-circuit.js';
import { CbrError, stoppedError } from '../cbr/cbr.errors.js';
import { Clock } from '../common/clock.js';

/** Requests in flight; CbrClient limits their rate. */
const AT_ONCE = 2;
/** Longest wait for an open circuit breaker or retry window, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;
/** Recheck interval while waiting: a forced run may close the circuit early. */
const LOOK_MS = 500;

/** Works through currencies or years of sheets, and waits while the bank must not be asked. */
@Injectable()
export class BackfillQueue {
  private readonly logger = new Logger(BackfillQueue.name);

  constructor(
    private readonly circuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads the targets, two at a time; returns the failed ones with their errors.
   *
   * @throws errors of `load` other than CbrError, and CbrError `cbr.stopped`
   */
  async work<Target extends object>(
    targets: readonly Target[],
    load: (target: Target) => Promise<void>,
    stop: AbortSignal,
  ): Promise<Map<Target, CbrError>> {
    const failed = new Map<Target, CbrError>();
    const queue = [...targets];
    const over = new AbortController();
    const ends = AbortSignal.any([stop, over.signal]);
    const work = async () => {
      for (let target = queue.shift(); target; target = queue.shift()) {
        try {
          await load(target);
        } catch (thrown) {
          if (!(thrown instanceof CbrError) || stop.aborted) {
            // Stops both workers from starting more.
            queue.length = 0;
            over.abort(thrown);
            throw thrown;
          }
          if (thrown.isPutOff && (await this.outlast(ends))) queue.unshift(target);
          else failed.set(target, thrown);
        }
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    // Rethrow the first failure, not the other worker's reaction to it.
    over.signal.throwIfAborted();
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
    return failed;
  }

  /** Waits until the bank may be asked; false if that takes too long. */
  private async outlast(ends: AbortSignal): Promise<boolean> {
    for (let isTold = false; ; isTold = true) {
      const { retryAt } = this.circuit;
      const leftMs = (retryAt?.getTime() ?? 0) - this.clock.now().getTime();
      if (!retryAt || leftMs <= 0) return true;
      if (leftMs > PATIENCE_MS) return false;
      const until = retryAt.toISOString();
      if (!isTold) this.logger.warn(`The bank is in trouble: waiting until ${until}`);
      try {
        await wait(Math.min(leftMs, LOOK_MS), undefined, { signal: ends });
      } catch (cause) {
        throw stoppedError(cause);
      }
    }
  }
}
