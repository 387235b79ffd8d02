import { ChildEntity } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { CalendarDateColumn } from '../../database/columns.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';

/** Sheets with the same currencies that lack too many currencies of the sheet before; their contents are lines. */
@ChildEntity('sheet')
export class QuarantinedSheetEntity extends QuarantineItemEntity {
  declare kind: 'sheet';

  /** The sheet that they were compared with. */
  @CalendarDateColumn()
  previous_date!: CalendarDate;
}
