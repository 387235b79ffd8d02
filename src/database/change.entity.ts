import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { BigIntColumn, CalendarDateColumn } from './columns.js';

/**
 * Part of the data that a `data_version` changed. Every version has at least one row; a read model that finds none
 * must reload.
 */
@Entity('changes')
export class ChangeEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @BigIntColumn()
  data_version!: number;

  /** Named by the room that owns the rows; empty if no read model has them. */
  @Column({ type: 'varchar', length: 16 })
  part!: string;

  /** A bank ID or a letter code; empty for the whole part. */
  @Column({ type: 'varchar', length: 12 })
  key!: string;

  /** First changed day; null for rows without a day. */
  @CalendarDateColumn({ nullable: true })
  from_date!: CalendarDate | null;

  @CalendarDateColumn({ nullable: true })
  to_date!: CalendarDate | null;

  /**
   * Random, and equal in all rows of a version. It tells a version from the same number after a rollback to a backup.
   * null: written by an older Kurs.
   */
  @Column({ type: 'varchar', length: 8, nullable: true })
  mark!: string | null;
}
