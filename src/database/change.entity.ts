import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { BigIntColumn, CalendarDateColumn } from './columns.js';

/**
 * One part of the data that a `data_version` changed. Every version has at least one row, so a
 * follower that finds none knows that it cannot follow.
 */
@Entity('changes')
export class ChangeEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @BigIntColumn()
  data_version!: number;

  /** Named by the room that owns the rows; empty: nothing that a read model holds. */
  @Column({ type: 'varchar', length: 16 })
  part!: string;

  /** Which rows of the part: a bank ID, a letter code; empty: the part as a whole. */
  @Column({ type: 'varchar', length: 12 })
  key!: string;

  /** The first day touched; null where rows have no day. */
  @CalendarDateColumn({ nullable: true })
  from_date!: CalendarDate | null;

  @CalendarDateColumn({ nullable: true })
  to_date!: CalendarDate | null;

  /**
   * The same in all rows of a version, and random: a database that was set back and has reached the same
   * version again has another one. null: an older Kurs wrote it.
   */
  @Column({ type: 'varchar', length: 8, nullable: true })
  mark!: string | null;
}
