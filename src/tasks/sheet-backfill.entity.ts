import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { CalendarDateColumn, InstantColumn } from '../database/columns.js';

/** Progress of a current or interrupted load of daily sheets within one year. */
@Entity('sheet_backfill')
export class SheetBackfillEntity {
  /** First day; days are requested from last to first. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  from_date!: CalendarDate;

  /** Next day to request; before `from_date` when complete. */
  @CalendarDateColumn()
  next_date!: CalendarDate;

  /** Requested days of the run. */
  @Column({ type: 'text' })
  request!: string;

  @InstantColumn()
  touched_at!: Date;
}
