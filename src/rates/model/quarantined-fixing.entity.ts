import { ChildEntity, Column } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { CalendarDateColumn, DecimalColumn } from '../../database/columns.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';

/** A fixing that the bank published, and that is not to be believed unseen: it moved too far, or its code is another's. */
@ChildEntity('fixing')
export class QuarantinedFixingEntity extends QuarantineItemEntity {
  declare kind: 'fixing';

  @Column({ type: 'varchar', length: 7 })
  cbr_id!: string;

  @Column({ type: 'varchar', length: 12 })
  code!: string;

  @Column({ type: 'varchar', length: 3, nullable: true })
  num_code!: string | null;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column('integer')
  nominal!: number;

  @DecimalColumn()
  value!: DecimalText;

  /** The bank's figure that it was measured against. */
  @DecimalColumn()
  previous_value!: DecimalText;

  @Column('integer')
  previous_nominal!: number;

  @CalendarDateColumn()
  previous_date!: CalendarDate;
}
