import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BigIntColumn } from './columns.js';

/** Instances compare their terms by one clock, that of the database: their own may differ. */
export const DATABASE_MS = '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint';

/** Work that one instance of a fleet does for all of them. */
@Entity('leases')
export class LeaseEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name!: string;

  /** Names the process that does the work; null: nobody. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  holder!: string | null;

  /** Grows whenever another process takes over: who comes with an older one is too late. */
  @BigIntColumn()
  fence!: number;

  /** Milliseconds since 1970 by the clock of the database; from then on anybody may take over. 0: nobody has held it yet. */
  @BigIntColumn()
  expires_at!: number;
}
