import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** Stored answer of a request with an `Idempotency-Key`. */
@Entity('idempotency_keys')
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key!: string;

  /** Hash of the request's meaning, to reject the same key with another request. */
  @Column({ type: 'varchar', length: 64 })
  request_sha256!: string;

  /** Body of the answer. */
  @Column('text')
  answer!: string;

  @InstantColumn()
  created_at!: Date;
}
