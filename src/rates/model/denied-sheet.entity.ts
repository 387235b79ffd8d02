import { Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { InstantColumn } from '../../database/columns.js';

/** Stored sheet for whose exact date the bank returned an earlier one. */
@Entity('denied_sheets')
export class DeniedSheetEntity {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  date!: CalendarDate;

  /** A second denial counts if it comes long enough after this one. */
  @InstantColumn()
  first_denied_at!: Date;
}
