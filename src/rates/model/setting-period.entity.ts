import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { CalendarDateColumn, InstantColumn } from '../../database/columns.js';
import type { Rhythm } from './setting-rhythm.js';

/**
 * Rhythm of a currency before 2010, derived from its whole series. Rows are only added, and for a day the one
 * recorded last counts, so that `as_of` knows what was known when.
 */
@Entity('setting_periods')
@Followed<SettingPeriodEntity>(({ from_date: day }) => [{ part: 'setting', day }])
export class SettingPeriodEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The bank's ID. */
  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @CalendarDateColumn()
  from_date!: CalendarDate;

  @CalendarDateColumn()
  to_date!: CalendarDate;

  @Column({ type: 'varchar', length: 8 })
  rhythm!: Rhythm;

  @InstantColumn()
  recorded_at!: Date;
}
