import { ChildEntity, Column } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { CalendarDateColumn, DecimalColumn } from '../../database/columns.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';

/** A published fixing that needs confirmation: it changed too much, or its code belongs to another currency. */
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

  /** The bank's value that it was compared with. */
  @DecimalColumn()
  previous_value!: DecimalText;

  @Column('integer')
  previous_nominal!: number;

  @CalendarDateColumn()
  previous_date!: CalendarDate;
}
