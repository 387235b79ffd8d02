import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { Quotation } from '../common/decimal.js';
import { Reader } from '../database/reader.js';
import {
  HELD_STATES,
  QuarantineItemEntity,
  type QuarantineState,
} from './quarantine-item.entity.js';
import { itemsWithContents, type QuarantineItem } from './quarantine-items.js';
import { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';

/** Which items to list. */
interface QuarantineListing {
  state: QuarantineState | 'all';
  /** Those with a smaller id alone. */
  before: number | undefined;
  limit: number;
}

/** What waits for a person, at a glance. */
export interface WaitingItems {
  pending: number;
  /** The date of the oldest; null when none waits. */
  oldest_date: CalendarDate | null;
}

/** A figure that is held. */
type HeldFigure = Quotation & { cbr_id: string };

/** An item of kind `sheet` with what stands in it. */
type HeldSheet = Extract<QuarantineItem, { kind: 'sheet' }>;

const ITEMS = "held.kind <> 'line'";

/** Reads what is held, or was. */
@Injectable()
export class QuarantineQueries {
  constructor(private readonly reader: Reader) {}

  /** Newest first. */
  async list({ state, before, limit }: QuarantineListing): Promise<QuarantineItem[]> {
    const query = this.reader
      .select(QuarantineItemEntity, 'held')
      .where(ITEMS)
      .orderBy('held.id', 'DESC')
      .limit(limit);
    if (state !== 'all') query.andWhere('held.state = :state', { state });
    if (before !== undefined) query.andWhere('held.id < :before', { before });
    return itemsWithContents(this.reader, await query.getMany());
  }

  /** The figures that are held of one sheet, of single fixings and of the sheet as a whole. */
  heldOn(effective_date: CalendarDate): Promise<HeldFigure[]> {
    return this.reader
      .select(QuarantineItemEntity, 'held')
      .select(['held.cbr_id AS cbr_id', 'held.nominal AS nominal', 'held.value AS value'])
      .where({ effective_date, state: In(HELD_STATES) })
      .andWhere('held.value IS NOT NULL')
      .getRawMany();
  }

  /** The sheets that are held as a whole, pending and rejected, oldest first. */
  async heldSheets(): Promise<HeldSheet[]> {
    const items = await this.reader
      .select(QuarantinedSheetEntity, 'held')
      .where({ state: In(HELD_STATES) })
      .orderBy('held.id', 'ASC')
      .getMany();
    const found = await itemsWithContents(this.reader, items);
    return found.filter((item) => item.kind === 'sheet');
  }

  async waiting(): Promise<WaitingItems> {
    const row = await this.reader
      .select(QuarantineItemEntity, 'held')
      .select('COUNT(*)', 'pending')
      .addSelect('MIN(held.effective_date)', 'oldest_date')
      .where(`held.state = 'pending' AND ${ITEMS}`)
      .getRawOne<{ pending: number | string; oldest_date: CalendarDate | null }>();
    return { pending: Number(row?.pending ?? 0), oldest_date: row?.oldest_date ?? null };
  }
}
