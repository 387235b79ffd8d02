import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn } from '../database/columns.js';

export const BACKFILL_ROW = 1;

/** Single row (id 1): the claim on loading history, which one process holds at a time. */
@Entity('backfill')
export class BackfillEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Run that holds the claim; null: none. A run that finds another id here was taken over. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  owner!: string | null;

  /** Expiry of the claim: milliseconds since 1970 by the database's clock. */
  @BigIntColumn()
  expires_at!: number;

  /** How many days before the newest sheet the background task has yet to load; null: none. */
  @Column({ type: 'integer', nullable: true })
  pending_days!: number | null;
}
