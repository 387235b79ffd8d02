import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BankCircuit } from '../cbr/bank-circuit.js';
import { CbrError, stoppedError } from '../cbr/cbr.errors.js';
import { Clock } from '../common/clock.js';

/** So many answers are waited for at once; CbrClient keeps the pace. */
const AT_ONCE = 2;
/** A bank that is left alone for longer is not waited for, in milliseconds: it has been away for minutes. */
const PATIENCE_MS = 5 * 60_000;
/** The pause may end early: a forced run finds that the bank is there again. */
const LOOK_MS = 500;

/** Goes through what is to be loaded, currencies or years of sheets, and waits for a bank that is left alone for a while. */
@Injectable()
export class BackfillQueue {
  private readonly logger = new Logger(BackfillQueue.name);

  constructor(
    private readonly circuit: BankCircuit,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads the targets, two at a time; returns those that the bank failed on, and how.
   *
   * @throws what `load` throws beside CbrError, and CbrError `cbr.stopped`
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
            // Nothing more is begun, by the other worker either.
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
    // What ended it, not what the other worker made of that.
    over.signal.throwIfAborted();
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
    return failed;
  }

  /** Waits until the bank may be asked; false when that is too long. */
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
