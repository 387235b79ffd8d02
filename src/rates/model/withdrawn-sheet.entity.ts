import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Followed } from '../../database/change-set.js';
import { CalendarDateColumn, InstantColumn } from '../../database/columns.js';

/** `bank`: the bank no longer has the sheet; `person`: withdrawn by a person. */
export const WITHDRAWAL_CAUSES = ['bank', 'person'] as const;
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number];

/**
 * A sheet that does not count from `withdrawn_at` on: none of its fixings is official, and the sheet calendar has a
 * gap. Its days stay covered.
 */
@Entity('withdrawn_sheets')
@Followed<WithdrawnSheetEntity>(({ date: day }) => [{ part: 'withdrawn', day }])
export class WithdrawnSheetEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Date of the sheet. */
  @CalendarDateColumn()
  date!: CalendarDate;

  @Column({ type: 'varchar', length: 6 })
  cause!: WithdrawalCause;

  /** Reason for people. */
  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  /** Name of the API key used; null for the bank, and without a key. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  withdrawn_by!: string | null;

  @InstantColumn()
  withdrawn_at!: Date;

  /** When the sheet was recorded again; null while withdrawn. */
  @InstantColumn({ nullable: true })
  restored_at!: Date | null;
}

/** SQL subquery: dates withdrawn at the instant of a parameter (ISO 8601 UTC text), by default now. */
export function withdrawnDates(instant?: string): string {
  const condition =
    instant === undefined
      ? 'restored_at IS NULL'
      : `withdrawn_at <= ${instant} AND (restored_at IS NULL OR restored_at > ${instant})`;
  return `(SELECT date FROM withdrawn_sheets WHERE ${condition})`;
}
