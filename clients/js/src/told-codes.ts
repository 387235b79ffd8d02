import type { CodesMessage, Settled } from './messages.js';

/** What the service was told of the filter, and whether it has taken it. */
export class ToldCodes {
  #codes: readonly string[] | undefined;
  #unanswered = 0;

  /** As the address of the connection says them; undefined: all. */
  constructor(codes: readonly string[] | undefined) {
    this.#codes = codes;
  }

  /** The messages that make `codes` of what was told before. */
  tell(codes: readonly string[] | undefined): CodesMessage[] {
    const [before, now] = [this.#codes ?? [], codes ?? []];
    const more = now.filter((code) => !before.includes(code));
    const fewer = before.filter((code) => !now.includes(code));
    this.#codes = codes;
    // Fewer first: of both together there may be more than the service takes.
    const messages = [saying('unsubscribe', fewer), saying('subscribe', more)].flat();
    this.#unanswered += messages.length;
    return messages;
  }

  /** The service answers. False: what it has is not what it was told, and events would be lost without a word. */
  answered({ event, data }: Settled): boolean {
    if (this.#unanswered === 0) return true;
    this.#unanswered -= 1;
    return event === 'subscribed' && (this.#unanswered > 0 || this.#isAll(data.codes));
  }

  #isAll(codes: readonly string[]): boolean {
    const told = new Set(this.#codes);
    return codes.length === told.size && codes.every((code) => told.has(code));
  }
}

function saying(event: CodesMessage['event'], codes: string[]): CodesMessage[] {
  return codes.length === 0 ? [] : [{ event, data: { codes } }];
}
