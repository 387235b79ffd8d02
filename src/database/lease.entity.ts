import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn } from './columns.js';

/** Instances compare expiry times by the clock of the database, as their own may differ. */
export const DATABASE_MS = '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint';

/** Work that one instance does for the whole fleet. */
@Entity('leases')
export class LeaseEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name!: string;

  /** Id of the instance that does the work; null if vacant. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  holder!: string | null;

  /** Fencing token: grows with every takeover, so a late holder is detected. */
  @BigIntColumn()
  fence!: number;

  /** Milliseconds since 1970 by the clock of the database. After it any instance may take over. 0: never held. */
  @BigIntColumn()
  expires_at!: number;
}
