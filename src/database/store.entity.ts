import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn, InstantColumn } from './columns.js';

/** The single row (id 1) that describes the database. */
@Entity('store')
export class StoreEntity {
  @PrimaryColumn('integer')
  id!: number;

  /** Id of this event log (uuid). A restore renews it, because `seq` then repeats. */
  @Column({ type: 'varchar', length: 36 })
  log_id!: string;

  /** Grows with every transaction that changes what readers see. */
  @BigIntColumn()
  data_version!: number;

  /** Last `seq` that the broker has acknowledged. */
  @BigIntColumn()
  relayed_seq!: number;

  /** Latest trusted time (TrustedClock), by which old rows are pruned; null before a service has run. */
  @InstantColumn({ nullable: true })
  trusted_at!: Date | null;
}

/** Columns that every poll reads. */
export interface StoreState extends Omit<StoreEntity, 'trusted_at'> {
  /** Mark of `data_version`, as in ChangeEntity. */
  mark: string | null;
}

export const STORE_ROW = 1;
