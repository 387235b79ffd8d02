import { Column } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import type { Touch } from '../../database/change-set.js';
import { CalendarDateColumn, DecimalColumn, InstantColumn } from '../../database/columns.js';
import type { RateSource } from '../../events/rate-event.js';

/** A version of a rate: one currency on one date. */
export abstract class RateVersion {
  /** The bank's ID; null for a rate created by a person. */
  @Column({ type: 'varchar', length: 7, nullable: true })
  cbr_id!: string | null;

  @Column({ type: 'varchar', length: 12 })
  code!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column('integer')
  nominal!: number;

  @DecimalColumn()
  value!: DecimalText;

  @CalendarDateColumn()
  effective_date!: CalendarDate;

  @Column({ type: 'varchar', length: 8 })
  source!: RateSource;

  /** `recorded_at` of the first version; for history loaded later, the start of the effective day in Moscow. */
  @InstantColumn()
  created_at!: Date;

  /** When this version was stored. */
  @InstantColumn()
  recorded_at!: Date;

  /** Name of the API key that recorded this version; null for the bank's, and without a key. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  recorded_by!: string | null;

  /** The bank's document of this version; null for a manual one. */
  @Column({ type: 'integer', nullable: true })
  document_id!: number | null;
}

/** Parts of the rate book: the bank's versions by ID, manual ones by letter code. */
export function touchesOfVersion({ cbr_id, code, source, effective_date }: RateVersion): Touch[] {
  const day = effective_date;
  if (source === 'manual') return [{ part: 'manual', key: code, day }];
  return cbr_id === null ? [] : [{ part: 'official', key: cbr_id, day }];
}
