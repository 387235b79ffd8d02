import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { RateBooks } from '../book/index.js';
import { type QuarantineItem, type QuarantineState, withContents } from '../model/index.js';

/** Filter and page of items. */
interface QuarantineListing {
  state: QuarantineState | 'all';
  /** Only items with a smaller id. */
  before: number | undefined;
  limit: number;
}

/** Summary of pending items. */
export interface WaitingItems {
  pending: number;
  /** Date of the oldest; null if none is pending. */
  oldest_date: CalendarDate | null;
}

/** Reads current and former quarantine items from the rate book. */
@Injectable()
export class QuarantineQueries {
  constructor(private readonly books: RateBooks) {}

  /** Newest first. @throws BookNotLoadedError */
  list({ state, before = Infinity, limit }: QuarantineListing): QuarantineItem[] {
    const { held } = this.books.current.parts;
    const items = held
      .filter((line) => line.kind !== 'line')
      .filter((item) => item.id < before && (state === 'all' || item.state === state))
      .sort((one, other) => other.id - one.id)
      .slice(0, limit);
    return withContents(
      items,
      held.filter((line) => line.kind === 'line'),
    );
  }

  /** @throws BookNotLoadedError */
  waiting(): WaitingItems {
    // Ordered by day.
    const waiting = this.books.current.parts.held.filter(
      ({ kind, state }) => kind !== 'line' && state === 'pending',
    );
    return { pending: waiting.length, oldest_date: waiting[0]?.effective_date ?? null };
  }
}
