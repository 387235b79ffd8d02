import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { CalendarDateColumn, InstantColumn } from '../database/columns.js';

/** How far a run that loads daily sheets, or one that was interrupted, has come within a year of its days. */
@Entity('sheet_backfill')
export class SheetBackfillEntity {
  /** The first of the days, which are asked about from the last to the first. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  from_date!: CalendarDate;

  /** The next day to ask about; before `from_date` when all are done. */
  @CalendarDateColumn()
  next_date!: CalendarDate;

  /** The days that the run was asked for. */
  @Column({ type: 'text' })
  request!: string;

  @InstantColumn()
  touched_at!: Date;
}
