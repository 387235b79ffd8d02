import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** A currency that a run under way, or one that was interrupted, has finished. */
@Entity('backfilled_currencies')
export class BackfilledCurrencyEntity {
  @PrimaryColumn({ type: 'varchar', length: 7 })
  cbr_id!: string;

  /** The days and currencies that the run was asked for (`requestKey`). */
  @Column({ type: 'text' })
  request!: string;

  @InstantColumn()
  finished_at!: Date;
}
