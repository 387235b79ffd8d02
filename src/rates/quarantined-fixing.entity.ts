import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DecimalText } from '../common/decimal.js';
import { CalendarDateColumn, DecimalColumn, InstantColumn } from '../database/columns.js';

/**
 * `pending`: waits for a person. `accepted`: recorded as the bank's. `rejected`: not recorded, however often
 * the bank repeats it. `withdrawn`: the bank has published another figure for that date since.
 */
export const QUARANTINE_STATES = ['pending', 'accepted', 'rejected', 'withdrawn'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];
/** Of these, those in which the bank's figure is held, and is not among the rates. */
export const HELD_STATES: readonly QuarantineState[] = ['pending', 'rejected'];

/** A fixing that the bank published, and that is not to be believed unseen: it moved too far, or its code is another's. */
@Entity('quarantine')
export class QuarantinedFixingEntity {
  @PrimaryGeneratedColumn()
  id!: number;

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

  @CalendarDateColumn()
  effective_date!: CalendarDate;

  /** The bank's document that it was read from. */
  @Column('integer')
  document_id!: number;

  /** The bank's figure that it was measured against. */
  @DecimalColumn()
  previous_value!: DecimalText;

  @Column('integer')
  previous_nominal!: number;

  @CalendarDateColumn()
  previous_date!: CalendarDate;

  @InstantColumn()
  held_at!: Date;

  @Column({ type: 'varchar', length: 9 })
  state!: QuarantineState;

  /** When it left `pending`. */
  @InstantColumn({ nullable: true })
  decided_at!: Date | null;

  /** Whose API key decided; null where none was needed, and where the bank settled it. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  decided_by!: string | null;
}
