import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, InstantColumn } from '../database/columns.js';

export const FETCH_STATE_ROW = 1;

/** Single row (id 1): state of the runs, shared by all instances. */
@Entity('fetch_state')
export class FetchStateEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Number of the newest run of any instance. */
  @BigIntColumn()
  newest_run!: number;

  /** Highest number of a run that has recorded a sheet; older runs may not record any more. */
  @BigIntColumn()
  recorded_run!: number;

  /** FetchReport of the last run as JSON; null before the first. */
  @Column({ type: 'text', nullable: true })
  report!: string | null;

  @InstantColumn({ nullable: true })
  last_success_at!: Date | null;

  /** Planned time of the next run. */
  @InstantColumn({ nullable: true })
  next_run_at!: Date | null;
}
