import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Followed } from '../../database/change-set.js';
import { InstantColumn } from '../../database/columns.js';
import type { Unit } from '../../database/unit.js';
import { RateVersion, touchesOfVersion } from './rate-version.js';
import type { RateEntity } from './rate.entity.js';

/**
 * `correction`: the bank published another value; `edit` and `delete`: done by a person; `withdrawn`: the sheet was
 * withdrawn, by the bank or a person.
 */
export const REVISION_REASONS = ['correction', 'edit', 'delete', 'withdrawn'] as const;
export type RevisionReason = (typeof REVISION_REASONS)[number];

/** A replaced or deleted version of a rate. Every change leaves one. */
@Entity('rate_revisions')
@Followed(touchesOfVersion)
export class RateRevisionEntity extends RateVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('integer')
  rate_id!: number;

  /** When it was replaced or deleted. */
  @InstantColumn()
  superseded_at!: Date;

  /** Name of the API key that replaced or deleted it; null for the bank's corrections, and without a key. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  superseded_by!: string | null;

  @Column({ type: 'varchar', length: 16 })
  reason!: RevisionReason;
}

/** Reason, time and author of a replacement or deletion; `superseded_by` as in RateRevisionEntity. */
type Supersession = Pick<RateRevisionEntity, 'reason' | 'superseded_at' | 'superseded_by'>;

/** Stores the current version of a rate before it is replaced or deleted. */
export async function keepRevision(
  unit: Unit,
  { id: rate_id, updated_at: _, ...version }: RateEntity,
  supersession: Supersession,
): Promise<void> {
  const revision = { ...version, ...supersession, rate_id } as RateRevisionEntity;
  await unit.insert(RateRevisionEntity, [revision]);
}
