import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Followed } from '../../database/change-set.js';
import { InstantColumn } from '../../database/columns.js';
import { RateVersion, touchesOfVersion } from './rate-version.js';

/** Current version of one currency on one date; earlier versions are in `rate_revisions`. */
@Entity('rates')
@Followed(touchesOfVersion)
export class RateEntity extends RateVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @InstantColumn()
  updated_at!: Date;
}
