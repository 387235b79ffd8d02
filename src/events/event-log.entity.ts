import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import type { RateEventName } from './rate-event.js';

/** Entry of the append-only event log. `seq` has no gaps and follows the order of commits. */
@Entity('event_log')
export class EventLogEntity {
  @PrimaryColumn('bigint')
  seq!: number;

  @Column({ type: 'varchar', length: 36 })
  event_id!: string;

  @Column({ type: 'varchar', length: 16 })
  event!: RateEventName;

  @Column({ type: 'varchar', length: 12 })
  code!: string;

  @Column('integer')
  rate_id!: number;

  /** The JSON text that sockets and NATS carry, byte for byte. */
  @Column('text')
  payload!: string;

  @InstantColumn()
  recorded_at!: Date;
}
