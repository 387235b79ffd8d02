import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import { BytesColumn, CalendarDateColumn, InstantColumn } from '../database/columns.js';
import type { BankDocument } from './daily-sheet.js';

/** A document of the bank, once per distinct content. */
@Entity('documents')
export class DocumentEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 16 })
  kind!: BankDocument['kind'];

  /** The date printed in it. */
  @CalendarDateColumn()
  date!: CalendarDate;

  /** When these bytes were first received. */
  @InstantColumn()
  fetched_at!: Date;

  /** Of the bytes as served, in hexadecimal. */
  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  @BytesColumn()
  gzipped_bytes!: Buffer;
}
