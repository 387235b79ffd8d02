import { ChildEntity, Column } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { CalendarDateColumn, DecimalColumn } from '../../database/columns.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';

/** One currency of a held sheet: its fixing, or its absence. */
@ChildEntity('line')
export class HeldSheetLineEntity extends QuarantineItemEntity {
  declare kind: 'line';

  /** The item of kind `sheet` that it belongs to and is decided with. */
  @Column('integer')
  sheet_item_id!: number;

  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @Column({ type: 'varchar', length: 12 })
  code!: string;

  @Column({ type: 'varchar', length: 3, nullable: true })
  num_code!: string | null;

  /** null if the sheet lacks the currency, as are `nominal` and `value`. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  name!: string | null;

  @Column({ type: 'integer', nullable: true })
  nominal!: number | null;

  @DecimalColumn({ nullable: true })
  value!: DecimalText | null;

  /** The sheet that it was compared with; null for a currency that was not in it and has nothing to carry. */
  @CalendarDateColumn({ nullable: true })
  previous_date!: CalendarDate | null;
}
