import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { InstantColumn } from '../../database/columns.js';

/** A day whose sheet the bank was asked for, with an answer that cannot be used. Gone once the day is covered. */
@Entity('missing_sheets')
@Followed<MissingSheetEntity>(({ date: day }) => [{ part: 'missing', day }])
export class MissingSheetEntity {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  date!: CalendarDate;

  /** Of the last failure, `cbr.html`. */
  @Column({ type: 'varchar', length: 40 })
  code!: string;

  /** The same for a person. */
  @Column({ type: 'text' })
  message!: string;

  @Column('integer')
  tries!: number;

  @InstantColumn()
  first_failed_at!: Date;

  @InstantColumn()
  last_tried_at!: Date;

  /** Not before then does a scheduled run ask for the day again; null: none does, for the bank has no better answer. */
  @InstantColumn({ nullable: true })
  next_try_at!: Date | null;
}
