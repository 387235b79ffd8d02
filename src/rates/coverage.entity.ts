import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { CalendarDateColumn, InstantColumn } from '../database/columns.js';

/** In `cbr_id`: the bank was asked for whole sheets, so the days are covered for every currency. */
export const EVERY_CURRENCY = '*';

/** Days that the bank was asked about. Lines are only added, so that `as_of` knows what was loaded when. */
@Entity('coverage')
export class CoverageEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The currency asked about, or EVERY_CURRENCY. */
  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @CalendarDateColumn()
  from_date!: CalendarDate;

  @CalendarDateColumn()
  to_date!: CalendarDate;

  @InstantColumn()
  recorded_at!: Date;
}
