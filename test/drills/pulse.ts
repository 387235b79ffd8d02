import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 20;

/**
 * Asks the service, over and over, for an address that it does not know, which costs it nothing: an
 * answer that is late tells how long its event loop stood still.
 */
export class Pulse {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly ended: Promise<unknown>;
  private isBeating = true;
  private slowestMs = 0;

  constructor(private readonly url: string) {
    this.ended = this.beat().catch((thrown: unknown) => thrown);
  }

  /** The latest answer since it was last asked for, in milliseconds. */
  takeSlowest(): number {
    const slowest = this.slowestMs;
    this.slowestMs = 0;
    return slowest;
  }

  /** @throws what kept the service from answering */
  async stop(): Promise<void> {
    this.isBeating = false;
    const failure = await this.ended;
    this.agent.destroy();
    if (failure instanceof Error) throw failure;
  }

  private async beat(): Promise<void> {
    while (this.isBeating) {
      const asked = performance.now();
      await this.ask();
      this.slowestMs = Math.max(this.slowestMs, performance.now() - asked);
      await pause(EVERY_MS);
    }
  }

  private ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      get(`${this.url}/nothing`, { agent: this.agent }, (response) =>
        response.resume().on('end', resolve),
      ).on('error', reject);
    });
  }
}
