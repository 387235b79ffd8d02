import { Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { InstantColumn } from '../../database/columns.js';

/** Day with a sheet, known from the dollar's series without storing that series. */
@Entity('sheet_days')
@Followed<SheetDayEntity>(({ date: day }) => [{ part: 'sheetDays', day }])
export class SheetDayEntity {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  date!: CalendarDate;

  @InstantColumn()
  recorded_at!: Date;
}
