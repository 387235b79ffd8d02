import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, InstantColumn } from '../database/columns.js';

export const FETCH_STATE_ROW = 1;

/** The single row (id 1) about asking the bank: what the instances of a fleet know of each other's runs. */
@Entity('fetch_state')
export class FetchStateEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Number of the run that began last, of any instance. */
  @BigIntColumn()
  newest_run!: number;

  /** The highest number among the runs that have recorded a sheet: an older run comes too late. */
  @BigIntColumn()
  recorded_run!: number;

  /** The FetchReport of the run that ended last, as JSON; null before the first. */
  @Column({ type: 'text', nullable: true })
  report!: string | null;

  @InstantColumn({ nullable: true })
  last_success_at!: Date | null;

  /** When the bank will be asked again. */
  @InstantColumn({ nullable: true })
  next_run_at!: Date | null;
}
