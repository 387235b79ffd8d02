import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import {
  BytesColumn,
  CalendarDateColumn,
  FlagColumn,
  InstantColumn,
} from '../../database/columns.js';
import { Followed } from '../../database/change-set.js';
import type { DocumentKind } from './bank-document.js';

/** Document of the bank, stored once per distinct content. */
@Entity('documents')
@Followed<DocumentEntity>(({ date: day }) => [{ part: 'documents', day }])
export class DocumentEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 16 })
  kind!: DocumentKind;

  /** The printed date; for a series, the first requested day; for a dictionary, the day it was last fetched. */
  @CalendarDateColumn()
  date!: CalendarDate;

  /** Last requested day of a series; otherwise null. */
  @CalendarDateColumn({ nullable: true })
  to_date!: CalendarDate | null;

  /** Currency of a series; otherwise null. */
  @Column({ type: 'varchar', length: 7, nullable: true })
  cbr_id!: string | null;

  /** When these bytes were first received. */
  @InstantColumn()
  fetched_at!: Date;

  /** SHA-256 of the bytes as served, in hexadecimal. */
  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  /** Whether another Kurs built it: the bank is not known to have sent these bytes. */
  @FlagColumn()
  is_built!: boolean;

  @BytesColumn()
  gzipped_bytes!: Buffer;
}
