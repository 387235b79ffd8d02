import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DecimalText } from '../common/decimal.js';
import type { Unit } from '../database/unit.js';
import { CalendarDateColumn, DecimalColumn, InstantColumn } from '../database/columns.js';
import type { RateSource } from '../events/rate-event.js';
import type { RateEntity } from './rate.entity.js';

/** `correction`: the bank published another figure; `edit` and `delete`: a person did it. */
export type RevisionReason = 'correction' | 'edit' | 'delete';

/** A version of a rate that was replaced or deleted. Nothing is overwritten without trace. */
@Entity('rate_revisions')
export class RateRevisionEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('integer')
  rate_id!: number;

  @Column({ type: 'varchar', length: 7, nullable: true })
  cbr_id!: string | null;

  @Column({ type: 'varchar', length: 12 })
  code!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column('integer')
  nominal!: number;

  @DecimalColumn()
  value!: DecimalText;

  @CalendarDateColumn()
  effective_date!: CalendarDate;

  @Column({ type: 'varchar', length: 8 })
  source!: RateSource;

  @InstantColumn()
  created_at!: Date;

  /** When this version was stored. */
  @InstantColumn()
  recorded_at!: Date;

  /** When it was replaced or deleted. */
  @InstantColumn()
  superseded_at!: Date;

  @Column({ type: 'varchar', length: 16 })
  reason!: RevisionReason;

  @Column({ type: 'integer', nullable: true })
  document_id!: number | null;
}

/** Keeps the rate's present version before it is replaced or deleted at `superseded_at`. */
export async function keepRevision(
  unit: Unit,
  { id: rate_id, updated_at: _, ...version }: RateEntity,
  reason: RevisionReason,
  superseded_at: Date,
): Promise<void> {
  const revision = { ...version, rate_id, superseded_at, reason } as RateRevisionEntity;
  await unit.insert(RateRevisionEntity, [revision]);
}
