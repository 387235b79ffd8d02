import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import { RateVersion } from './rate-version.js';

/** One currency on one date, as it stands today; earlier versions are in `rate_revisions`. */
@Entity('rates')
export class RateEntity extends RateVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @InstantColumn()
  updated_at!: Date;
}
