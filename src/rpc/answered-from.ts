import { Injectable } from '@nestjs/common';
import { DatabaseReachability } from '../database/database-reachability.js';
import { RateBooks } from '../rates/book/index.js';

/** State of the data behind an answer. */
export interface AnsweredFrom {
  /** Its newest event; undefined until the stored rates are loaded. */
  position: { logId: string; seq: number } | undefined;
  /** When the database was last reached; undefined while it is reachable. */
  asOf: Date | undefined;
}

/** Current state; other instances may be ahead or behind. */
@Injectable()
export class AnswerSource {
  constructor(
    private readonly books: RateBooks,
    private readonly reachability: DatabaseReachability,
  ) {}

  get now(): AnsweredFrom {
    const position = this.books.isLoaded ? this.books.current.position : undefined;
    return { position, asOf: this.reachability.lastSeenAt };
  }
}
