import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, InstantColumn } from './columns.js';

/** The single row (id 1) that describes this database as a whole. */
@Entity('store')
export class StoreEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Names this event log (uuid); new when a backup is restored, because `seq` then repeats. */
  @Column({ type: 'varchar', length: 36 })
  log_id!: string;

  /** Grows in every transaction that changes what readers see. */
  @BigIntColumn()
  data_version!: number;

  /** The last `seq` that the broker has acknowledged. */
  @BigIntColumn()
  relayed_seq!: number;

  /** Reached for certain: what deletes old rows goes by it (TrustedClock); null before a service has run. */
  @InstantColumn({ nullable: true })
  trusted_at!: Date | null;
}

/** What every look at the database reads of that row. */
export interface StoreState extends Omit<StoreEntity, 'trusted_at'> {
  /** Of its version, as in ChangeEntity. */
  mark: string | null;
}

export const STORE_ROW = 1;
