import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { CalendarDateColumn, InstantColumn } from '../../database/columns.js';
import { Followed } from '../../database/change-set.js';

/** In `cbr_id`: the bank was asked for whole sheets, so the days are covered for every currency. */
export const EVERY_CURRENCY = '*';

/** In `cbr_id`: the days on which sheets were published are known, their figures not. */
export const SHEET_CALENDAR = '=';

/** The US dollar: it stands in every sheet since the first, so its fixings tell on which days there was one. */
export const IN_EVERY_SHEET = 'R01235';

/** Days that the bank was asked about. Lines are only added, so that `as_of` knows what was loaded when. */
@Entity('coverage')
@Followed<CoverageEntity>(({ from_date: day }) => [{ part: 'coverage', day }])
export class CoverageEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The currency asked about, EVERY_CURRENCY or SHEET_CALENDAR. */
  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @CalendarDateColumn()
  from_date!: CalendarDate;

  @CalendarDateColumn()
  to_date!: CalendarDate;

  @InstantColumn()
  recorded_at!: Date;
}
