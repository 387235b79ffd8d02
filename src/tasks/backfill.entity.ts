import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

export const BACKFILL_ROW = 1;

/** The single row (id 1) about loading history: one process at a time does it. */
@Entity('backfill')
export class BackfillEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Names the run that may write; whoever finds another name here has been taken over. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  owner!: string | null;

  /** When the owner last wrote. */
  @InstantColumn({ nullable: true })
  touched_at!: Date | null;

  /** How many days before the newest sheet the background still has to load; null: nothing. */
  @Column({ type: 'integer', nullable: true })
  pending_days!: number | null;
}
