import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { DatabaseCondition } from '../database/database-condition.js';
import { DatabaseReachability } from '../database/database-reachability.js';
import { RateBooks } from '../rates/book/index.js';

/** Whether an instance whose database is unreachable still answers reads. */
@Injectable()
export class ReadsWithoutDatabase {
  constructor(
    private readonly settings: Settings,
    private readonly reachability: DatabaseReachability,
    private readonly condition: DatabaseCondition,
    private readonly books: RateBooks,
  ) {}

  get isUnreachable(): boolean {
    return this.reachability.lastSeenAt !== undefined;
  }

  /** Reads are answered from memory, within the time limit. A damaged or deleted database does not recover by itself. */
  get areReadsServed(): boolean {
    const mostMs = this.settings.READS_WITHOUT_DATABASE_SECONDS * 1_000;
    return (
      this.books.isLoaded &&
      this.condition.fatal === undefined &&
      this.reachability.unseenMs < mostMs
    );
  }
}
