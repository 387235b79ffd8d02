import { ChildEntity } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { CalendarDateColumn } from '../../database/columns.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';

/** Sheets of one set of currencies that lack too many of those of the sheet before; what stands in them are lines. */
@ChildEntity('sheet')
export class QuarantinedSheetEntity extends QuarantineItemEntity {
  declare kind: 'sheet';

  /** The sheet that they were compared with. */
  @CalendarDateColumn()
  previous_date!: CalendarDate;
}
