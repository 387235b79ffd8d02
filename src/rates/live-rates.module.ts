import { Module, type OnModuleInit } from '@nestjs/common';
import { DatabaseReachability } from '../database/database-reachability.js';
import { EventTail } from '../events/event-tail.js';
import { LiveEventsModule } from '../events/live-events.module.js';
import { DataVersion } from '../http/answers/index.js';
import { RateBooks } from './book/index.js';
import { RatesModule } from './rates.module.js';

/** Keeps the rate book of a running service up to date with commits of all processes. */
@Module({ imports: [RatesModule, LiveEventsModule], exports: [RatesModule] })
export class LiveRatesModule implements OnModuleInit {
  constructor(
    private readonly books: RateBooks,
    private readonly tail: EventTail,
    private readonly dataVersion: DataVersion,
    private readonly reachability: DatabaseReachability,
  ) {}

  onModuleInit(): void {
    this.books.onAdvance((position) => this.dataVersion.advance(position));
    this.tail.precededBy(async (seen) => {
      const isThere = this.reachability.startPoll();
      await this.books.follow(seen);
      isThere();
      return this.books.isLoaded ? this.books.current.position.seq : Infinity;
    });
  }
}
