import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { InstantColumn } from '../../database/columns.js';

/** Day whose sheet could not be fetched. Deleted when the day is covered. */
@Entity('missing_sheets')
@Followed<MissingSheetEntity>(({ date: day }) => [{ part: 'missing', day }])
export class MissingSheetEntity {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  date!: CalendarDate;

  /** Code of the last failure, `cbr.html`. */
  @Column({ type: 'varchar', length: 40 })
  code!: string;

  /** Message of the last failure. */
  @Column({ type: 'text' })
  message!: string;

  @Column('integer')
  tries!: number;

  @InstantColumn()
  first_failed_at!: Date;

  @InstantColumn()
  last_tried_at!: Date;

  /** Scheduled runs do not retry before this; null: they never retry, as the bank has no better answer. */
  @InstantColumn({ nullable: true })
  next_try_at!: Date | null;
}
