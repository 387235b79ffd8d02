import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { CalendarDateColumn, InstantColumn } from '../../database/columns.js';
import { Followed } from '../../database/change-set.js';

/** Value of `cbr_id` for whole sheets: the days are covered for every currency. */
export const EVERY_CURRENCY = '*';

/** Value of `cbr_id` for the sheet calendar: it is known which days have a sheet, but not the figures. */
export const SHEET_CALENDAR = '=';

/** The US dollar. It has been in every sheet since the first, so its fixings show which days had a sheet. */
export const IN_EVERY_SHEET = 'R01235';

/** Days requested from the bank. Rows are only added, so that `as_of` knows what was loaded when. */
@Entity('coverage')
@Followed<CoverageEntity>(({ from_date: day }) => [{ part: 'coverage', day }])
export class CoverageEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The requested currency, EVERY_CURRENCY or SHEET_CALENDAR. */
  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @CalendarDateColumn()
  from_date!: CalendarDate;

  @CalendarDateColumn()
  to_date!: CalendarDate;

  @InstantColumn()
  recorded_at!: Date;
}
