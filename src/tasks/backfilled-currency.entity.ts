import { Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { CalendarDateColumn } from '../database/columns.js';

/** A currency that a run under way, or one that was interrupted, has finished. */
@Entity('backfilled_currencies')
export class BackfilledCurrencyEntity {
  @PrimaryColumn({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @CalendarDateColumn()
  from_date!: CalendarDate;

  @CalendarDateColumn()
  to_date!: CalendarDate;
}
