import type { Ending, Listener, Transport } from './transport.js';

/** What every transport has in common: it gives up on a silent service, and ends once. */
export abstract class TransportBase implements Transport {
  protected isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(protected readonly listener: Listener) {}

  abstract say(message: object): boolean;

  close(): void {
    this.isOver = true;
    clearTimeout(this.#timer);
  }

  /** Calls after `afterMs`, unless this is called again or the transport is closed before. */
  protected after(afterMs: number, onSilence: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onSilence, afterMs);
  }

  protected giveUpUnless(what: string, withinMs: number): void {
    this.after(withinMs, () => {
      this.end({ reason: `The service neither ${what} nor refuses within ${withinMs} ms` });
    });
  }

  protected end(ending: Ending): void {
    if (this.isOver) return;
    this.close();
    this.listener.ended(ending);
  }
}
