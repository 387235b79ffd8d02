import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { BankAnswer } from './bank-answer.js';
import type { RequestOptions } from './request-options.js';
import { BankCircuit } from './bank-circuit.js';
import { RequestPacer } from './request-pacer.js';
import { RetryAfterWindow } from './retry-after-window.js';
import { CbrTransport } from './cbr-transport.js';
import { CbrError, stoppedError } from './cbr.errors.js';

const MOST_TRIES = 3;

type Parameters = Record<string, string>;

/** Sends requests to the bank: paced, with retries, and not while the bank or the circuit breaker forbids it. */
@Injectable()
export class BankRequests {
  private readonly pace: RequestPacer;

  constructor(
    private readonly transport: CbrTransport,
    private readonly quiet: RetryAfterWindow,
    private readonly circuit: BankCircuit,
    private readonly settings: Settings,
  ) {
    this.pace = new RequestPacer(settings.CBR_REQUESTS_PER_SECOND);
  }

  /**
   * Returns an answer with status 200. Transient failures are retried twice.
   *
   * @throws CbrError
   */
  async request(
    path: string,
    parameters: Parameters,
    options: RequestOptions,
  ): Promise<BankAnswer> {
    const { stop, isForced } = options;
    // Checked before the circuit breaker: a question that is not sent must not count as its probe.
    this.quiet.rejectWhileLong();
    const question = spelled(path, parameters);
    const once = async () => {
      options.onTry?.(question);
      await this.pace.turn();
      return this.transport.get(path, parameters, stop);
    };
    return this.circuit.run(() => this.persist(once, stop), isForced);
  }

  private async persist(once: () => Promise<BankAnswer>, stop: AbortSignal): Promise<BankAnswer> {
    for (let failures = 0; ;) {
      await this.pause(failures, stop);
      try {
        return await once();
      } catch (thrown) {
        if (!(thrown instanceof CbrError)) throw thrown;
        this.quiet.heed(thrown);
        this.quiet.rejectWhileLong(thrown);
        if (!thrown.isPassing || ++failures === MOST_TRIES) throw thrown;
      }
    }
  }

  /** Back-off with full jitter; the bound doubles, so that instances do not retry in step. */
  private async pause(failures: number, stop: AbortSignal): Promise<void> {
    this.quiet.rejectWhileLong();
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

/** For logs: not percent-encoded, as the bank's documentation spells its addresses. */
function spelled(path: string, parameters: Parameters): string {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return words.length === 0 ? path : `${path}?${words.join('&')}`;
}
