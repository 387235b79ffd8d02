import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn } from '../database/columns.js';

export const BACKFILL_ROW = 1;

/** The single row (id 1) about loading history: one process at a time does it. */
@Entity('backfill')
export class BackfillEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Names the run that may write; null: none. A run that finds another name here has been taken over. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  owner!: string | null;

  /** When the claim of the owner expires unless he renews it: milliseconds since 1970 by the clock of the database. */
  @BigIntColumn()
  expires_at!: number;

  /** How many days before the newest sheet the background still has to load; null: nothing. */
  @Column({ type: 'integer', nullable: true })
  pending_days!: number | null;
}
