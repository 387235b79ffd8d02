import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import type { Unit } from '../database/unit.js';
import { RateVersion } from './rate-version.js';
import type { RateEntity } from './rate.entity.js';

/** `correction`: the bank published another figure; `edit` and `delete`: a person did it. */
export type RevisionReason = 'correction' | 'edit' | 'delete';

/** A version of a rate that was replaced or deleted. Nothing is overwritten without trace. */
@Entity('rate_revisions')
export class RateRevisionEntity extends RateVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('integer')
  rate_id!: number;

  /** When it was replaced or deleted. */
  @InstantColumn()
  superseded_at!: Date;

  @Column({ type: 'varchar', length: 16 })
  reason!: RevisionReason;
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
