import { createWriteStream, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lastingFolder } from '../support/run-folder.js';

/**
 * `acknowledged`: it is done. `refused`: 503, nothing was written. `unsure`: 503 from a database that was
 * lost, perhaps at the commit. `unanswered`: nobody knows. `unexpected`: an answer that none may get.
 */
export type Outcome = 'acknowledged' | 'refused' | 'unsure' | 'unanswered' | 'unexpected';

/** What a write was about. */
export interface WrittenRate {
  code: string;
  /** Each value of a code is written once, so it finds the event again. */
  value: string;
  /** Undefined where a creation was not acknowledged. */
  id?: number;
}

/** One thing that was done to the service, or to what it stands on. */
export interface Operation {
  op: string;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  result: Outcome;
  /** The answer's status and problem code, or why there is none. */
  detail?: string;
  rate?: WrittenRate;
}

/** Keeps every operation, in memory and as JSON lines in a file that outlives the drill. */
export class OperationLog {
  readonly operations: Operation[] = [];
  readonly path: string;
  /** How many operations were acknowledged so far. */
  acknowledged = 0;
  /** Called as soon as a write is acknowledged. */
  onAcknowledged: (rate: WrittenRate) => void = () => undefined;
  private readonly file;

  constructor(drillName: string) {
    this.path = join(lastingFolder('kurs-drill-'), `${drillName}.jsonl`);
    this.file = createWriteStream(this.path);
  }

  keep(operation: Operation): void {
    this.operations.push(operation);
    if (operation.result === 'acknowledged') this.acknowledged += 1;
    this.file.write(`${JSON.stringify(operation)}\n`);
    if (operation.result === 'acknowledged' && operation.rate) this.onAcknowledged(operation.rate);
  }

  /** Keeps `op`, a step of the drill itself, once it has ended. */
  async step<T>(op: string, work: () => T | Promise<T>): Promise<T> {
    const start = instant();
    try {
      const outcome = await work();
      this.keep({ op, start, end: instant(), result: 'acknowledged' });
      return outcome;
    } catch (thrown) {
      this.keep({ op, start, end: instant(), result: 'unexpected', detail: String(thrown) });
      throw thrown;
    }
  }

  /** Keeps what somebody printed, beside the operations. */
  keepStory(name: string, story: string): void {
    writeFileSync(join(dirname(this.path), `${name}.log`), story);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.file.end(resolve));
  }
}

/** Milliseconds since 1970 by a clock that never goes back. */
export function instant(): number {
  return performance.timeOrigin + performance.now();
}
