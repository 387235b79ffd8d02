import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { RateBooks } from '../book/index.js';
import { type QuarantineItem, type QuarantineState, withContents } from '../model/index.js';

/** Which items to list. */
interface QuarantineListing {
  state: QuarantineState | 'all';
  /** Only those with a smaller id. */
  before: number | undefined;
  limit: number;
}

/** What waits for a person, at a glance. */
export interface WaitingItems {
  pending: number;
  /** The date of the oldest; null when none waits. */
  oldest_date: CalendarDate | null;
}

/** Reads what is held, or was, from the book of rates. */
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
    // In the order of days.
    const waiting = this.books.current.parts.held.filter(
      ({ kind, state }) => kind !== 'line' && state === 'pending',
    );
    return { pending: waiting.length, oldest_date: waiting[0]?.effective_date ?? null };
  }
}
