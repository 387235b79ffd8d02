import type { Position } from './messages.js';

export type Verdict = 'next' | 'seen' | 'hole';

/** Where the client stands in the log of events: the rules by which nothing is lost and nothing comes twice. */
export class LogPlace {
  #position: Position | null;

  /** `position` as it was kept from an earlier run, or null. */
  constructor(position: Position | null) {
    this.#position = position === null ? null : copyOf(position);
  }

  /** Null until a snapshot has come: there is nothing to resume from. */
  get position(): Position | null {
    return this.#position;
  }

  /** A snapshot says where it was taken. */
  begin(position: Position): void {
    this.#position = copyOf(position);
  }

  /** The log has no way from our place to its own: only a snapshot gives one again. */
  forget(): void {
    this.#position = null;
  }

  /**
   * An event came: `next` is to be told, `seen` was told already, `hole` is one before which others are
   * missing. Who wants some codes only cannot see holes: the log counts all events.
   */
  advance(seq: number, isFiltered: boolean): Verdict {
    if (this.#position === null) return 'hole';
    if (seq <= this.#position.seq) return 'seen';
    if (!isFiltered && seq !== this.#position.seq + 1) return 'hole';
    this.#position = Object.freeze({ ...this.#position, seq });
    return 'next';
  }

  /** The service says up to where it has told everything: the same answers. */
  confirm({ log_id, seq }: Position, isFiltered: boolean): Verdict {
    if (this.#position === null || log_id !== this.#position.log_id) return 'hole';
    if (seq <= this.#position.seq) return 'seen';
    if (!isFiltered) return 'hole';
    this.begin({ log_id, seq });
    return 'next';
  }
}

function copyOf({ log_id, seq }: Position): Position {
  if (typeof log_id !== 'string' || !Number.isSafeInteger(seq) || seq < 0) {
    throw new TypeError(
      'A position is { log_id, seq }: the name of a log and a number of its events',
    );
  }
  return Object.freeze({ log_id, seq });
}
