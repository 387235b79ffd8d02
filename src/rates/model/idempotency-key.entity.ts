import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** What was answered to a request that carried an `Idempotency-Key`. */
@Entity('idempotency_keys')
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key!: string;

  /** Of the request's meaning: the same key with another one is a mistake. */
  @Column({ type: 'varchar', length: 64 })
  request_sha256!: string;

  /** The body of the answer. */
  @Column('text')
  answer!: string;

  @InstantColumn()
  created_at!: Date;
}
