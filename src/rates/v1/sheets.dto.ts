import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { CalendarDate } from '../../common/calendar-date.js';
import { IsAbsentOr, IsDay, IsText, KINDS_OF_FIGURES, WITHDRAWAL_CAUSES } from '../model/index.js';

export class SheetDate {
  /**
   * Date of the sheet.
   * @example "2025-12-24"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @IsDay()
  date!: CalendarDate;
}

/** Selects a document of a date. */
export class DocumentChoice {
  /**
   * SHA-256 of the document; default the newest sheet.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @Matches(/^[0-9a-f]{64}$/, { message: 'sha256 must be 64 hexadecimal digits' })
  sha256?: string;
}

/** Withdrawal of a sheet. */
export class WithdrawSheet {
  /**
   * Reason, stored with the withdrawal: 1 to 500 characters.
   * @example "Published with a wrong date, confirmed by phone"
   */
  @IsText(500)
  reason!: string;
}

/** Result of a withdrawal. */
export class V1SheetWithdrawal {
  /**
   * Date of the sheet.
   * @example "2026-12-13"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /**
   * Reason as given.
   * @example "Published with a wrong date, confirmed by phone"
   */
  reason!: string;

  /**
   * Instant from which the sheet does not count.
   * @example "2026-11-30T09:00:00.000Z"
   */
  @ApiProperty({ format: 'date-time' })
  withdrawn_at!: string;

  /**
   * Number of deleted rates, each with an event `rate_deleted`.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  withdrawn!: number;
}

/** A withdrawal that is in effect. */
export class V1Withdrawn {
  /**
   * `bank`: the bank twice returned no such sheet for the date; `person`: withdrawn manually.
   * @example "bank"
   */
  @ApiProperty({ enum: WITHDRAWAL_CAUSES })
  cause!: string;

  /**
   * Reason.
   * @example "Asked for 2026-12-13 twice, the bank sent the sheet of 2026-12-12"
   */
  reason!: string;

  /** Name of the API key used; null for the bank, and without a key. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  withdrawn_by!: string | null;

  /**
   * Since when the sheet does not count.
   * @example "2026-11-30T09:00:00.000Z"
   */
  @ApiProperty({ format: 'date-time' })
  withdrawn_at!: string;
}

/** A document of the bank, or of another Kurs. */
export class V1Document {
  /**
   * `daily`: the sheet of one date (XML_daily); `dynamic`: the series of one currency (XML_dynamic).
   * @example "daily"
   */
  @ApiProperty({ enum: KINDS_OF_FIGURES })
  kind!: string;

  /** Currency of a series; null for a sheet. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  cbr_id!: string | null;

  /**
   * Date printed in a sheet; for a series, the first day covered.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /** Last day covered by a series; null for a sheet. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: null })
  to_date!: string | null;

  /**
   * When these bytes were first received.
   * @example "2025-12-23T15:05:44.120Z"
   */
  @ApiProperty({ format: 'date-time' })
  fetched_at!: string;

  /**
   * SHA-256 of the bytes as received.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  sha256!: string;

  /**
   * Whether another Kurs built the document from its figures; otherwise these are the bank's own bytes.
   * @example false
   */
  built!: boolean;
}

/** Stored fixings of one date, and their documents. */
export class V1Sheet {
  /**
   * Effective date.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /**
   * When the first document of the list was received.
   * @example "2025-12-23T15:05:44.120Z"
   */
  @ApiProperty({ format: 'date-time' })
  fetched_at!: string;

  /**
   * SHA-256 of that document.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  sha256!: string;

  /**
   * Number of currencies stored for the date.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  currencies!: number;

  /** Set while the sheet is withdrawn: its figures are not served. */
  @ApiProperty({ type: V1Withdrawn, nullable: true, example: null })
  withdrawn!: V1Withdrawn | null;

  /** Sheets, newest first (several if the bank corrected it), then series. */
  @ApiProperty({ type: [V1Document] })
  documents!: V1Document[];
}
