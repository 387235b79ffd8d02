import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import {
  HELD_STATES,
  QuarantinedFixingEntity,
  type QuarantineState,
} from './quarantined-fixing.entity.js';

/** Which held fixings to list. */
interface QuarantineListing {
  state: QuarantineState | 'all';
  /** Those with a smaller id alone. */
  before: number | undefined;
  limit: number;
}

/** What waits for a person, at a glance. */
export interface WaitingFixings {
  pending: number;
  /** The date of the oldest; null when none waits. */
  oldest_date: CalendarDate | null;
}

/** Reads what the jump guard holds, or has held. */
@Injectable()
export class QuarantineQueries {
  constructor(private readonly reader: Reader) {}

  /** Newest first. */
  list({ state, before, limit }: QuarantineListing): Promise<QuarantinedFixingEntity[]> {
    const query = this.reader
      .select(QuarantinedFixingEntity, 'held')
      .orderBy('held.id', 'DESC')
      .limit(limit);
    if (state !== 'all') query.andWhere('held.state = :state', { state });
    if (before !== undefined) query.andWhere('held.id < :before', { before });
    return query.getMany();
  }

  /** What is held of one sheet. */
  heldOn(effective_date: CalendarDate): Promise<QuarantinedFixingEntity[]> {
    return this.reader
      .select(QuarantinedFixingEntity, 'held')
      .where({ effective_date, state: In(HELD_STATES) })
      .getMany();
  }

  async waiting(): Promise<WaitingFixings> {
    const row = await this.reader
      .select(QuarantinedFixingEntity, 'held')
      .select('COUNT(*)', 'pending')
      .addSelect('MIN(held.effective_date)', 'oldest_date')
      .where("held.state = 'pending'")
      .getRawOne<{ pending: number | string; oldest_date: CalendarDate | null }>();
    return { pending: Number(row?.pending ?? 0), oldest_date: row?.oldest_date ?? null };
  }
}
