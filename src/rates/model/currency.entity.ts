import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Followed } from '../../database/change-set.js';

/** A currency of the bank. Several may share a letter code: the bank has two DEM and two SAR. */
@Entity('currencies')
@Followed(() => [{ part: 'currencies' }])
export class CurrencyEntity {
  /** The bank's ID, `R01235`. */
  @PrimaryColumn({ type: 'varchar', length: 7 })
  cbr_id!: string;

  /** Letter code; the ID if the bank gives none. */
  @Column({ type: 'varchar', length: 12 })
  code!: string;

  /** Russian name. */
  @Column({ type: 'varchar', length: 200 })
  name!: string;

  /** English name; null until the bank's dictionary is loaded. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  name_en!: string | null;

  /** Three-digit code (ISO 4217), with leading zeros. */
  @Column({ type: 'varchar', length: 3, nullable: true })
  num_code!: string | null;
}
