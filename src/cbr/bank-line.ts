import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Asking } from './asking.js';
import { BankCircuit } from './bank-circuit.js';
import { BankPace } from './bank-pace.js';
import { BankQuiet } from './bank-quiet.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrError, stoppedError } from './cbr.errors.js';

const MOST_TRIES = 3;

type Parameters = Record<string, string>;

/** The line to the bank: its pace, its tries, and when it is left alone. */
@Injectable()
export class BankLine {
  private readonly pace: BankPace;

  constructor(
    private readonly transport: CbrTransport,
    private readonly quiet: BankQuiet,
    private readonly circuit: BankCircuit,
    private readonly settings: Settings,
  ) {
    this.pace = new BankPace(settings.CBR_REQUESTS_PER_SECOND);
  }

  /**
   * The bytes of an answer with status 200. What may pass by itself is tried three times.
   *
   * @throws CbrError
   */
  async ask(path: string, parameters: Parameters, asking: Asking): Promise<Buffer> {
    const { stop, isForced } = asking;
    // Before the circuit: a question that is not asked is no probe.
    this.quiet.refuseWhileLong();
    const question = spelled(path, parameters);
    const once = async () => {
      asking.onTry?.(question);
      await this.pace.turn();
      return this.transport.get(path, parameters, stop);
    };
    return this.circuit.run(() => this.persist(once, stop), isForced);
  }

  private async persist(once: () => Promise<Buffer>, stop: AbortSignal): Promise<Buffer> {
    for (let failures = 0; ;) {
      await this.pause(failures, stop);
      try {
        return await once();
      } catch (thrown) {
        if (!(thrown instanceof CbrError)) throw thrown;
        this.quiet.heed(thrown);
        this.quiet.refuseWhileLong(thrown);
        if (!thrown.isPassing || ++failures === MOST_TRIES) throw thrown;
      }
    }
  }

  /** Before a try: at random, up to a bound that doubles, so that a fleet does not ask all at once. */
  private async pause(failures: number, stop: AbortSignal): Promise<void> {
    this.quiet.refuseWhileLong();
    const boundMs = failures === 0 ? 0 : this.settings.CBR_RETRY_PAUSE_MS * 2 ** (failures - 1);
    const pauseMs = Math.max(Math.random() * boundMs, this.quiet.leftMs);
    if (pauseMs === 0) return;
    try {
      await wait(pauseMs, undefined, { signal: stop });
    } catch (cause) {
      throw stoppedError(cause);
    }
  }
}

/** Not encoded: for people, who know the bank's addresses with their slashes. */
function spelled(path: string, parameters: Parameters): string {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return words.length === 0 ? path : `${path}?${words.join('&')}`;
}
