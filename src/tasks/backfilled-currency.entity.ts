import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** Currency finished by a current or interrupted run. */
@Entity('backfilled_currencies')
export class BackfilledCurrencyEntity {
  @PrimaryColumn({ type: 'varchar', length: 7 })
  cbr_id!: string;

  /** Request of the run (`requestKey`). */
  @Column({ type: 'text' })
  request!: string;

  @InstantColumn()
  finished_at!: Date;
}
