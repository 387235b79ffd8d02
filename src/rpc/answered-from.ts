import { Injectable } from '@nestjs/common';
import { DatabaseSight } from '../database/database-sight.js';
import { RateBooks } from '../rates/book/index.js';

/** The data that an answer is made of. */
export interface AnsweredFrom {
  /** The newest event that it knows of; undefined until the stored rates are loaded. */
  position: { logId: string; seq: number } | undefined;
  /** When the database was seen last; undefined while it is in sight. */
  asOf: Date | undefined;
}

/** What answers are made of at the moment: another instance may know of more events, or of fewer. */
@Injectable()
export class AnswerSource {
  constructor(
    private readonly books: RateBooks,
    private readonly sight: DatabaseSight,
  ) {}

  get now(): AnsweredFrom {
    const position = this.books.isLoaded ? this.books.current.position : undefined;
    return { position, asOf: this.sight.lastSeenAt };
  }
}
