import { Column, Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { CalendarDateColumn, InstantColumn } from '../../database/columns.js';

/**
 * `pending`: awaits a decision. `accepted`: recorded as the bank's. `rejected`: not recorded, however often the bank
 * repeats it. `withdrawn`: the bank has published something else for that date since.
 */
export const QUARANTINE_STATES = ['pending', 'accepted', 'rejected', 'withdrawn'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];
/** States of held items, which are not among the rates. */
export const HELD_STATES: readonly QuarantineState[] = ['pending', 'rejected'];

/** `fixing` and `sheet` are items for a decision; a `line` belongs to a `sheet`. */
export type QuarantineKind = 'fixing' | 'sheet' | 'line';

/** Row of the quarantine; columns of one kind are null in the others. */
@Entity('quarantine')
@Followed<QuarantineItemEntity>(({ effective_date: day }) => [{ part: 'held', day }])
@TableInheritance({ column: 'kind' })
export class QuarantineItemEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 6 })
  kind!: QuarantineKind;

  /** The first date if there are several sheets. */
  @CalendarDateColumn()
  effective_date!: CalendarDate;

  /** The bank's document. */
  @Column('integer')
  document_id!: number;

  @InstantColumn()
  held_at!: Date;

  @Column({ type: 'varchar', length: 9 })
  state!: QuarantineState;

  /** When it left `pending`. */
  @InstantColumn({ nullable: true })
  decided_at!: Date | null;

  /** Name of the API key that decided; null without a key, and if the bank settled it. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  decided_by!: string | null;
}
