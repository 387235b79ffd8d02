import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { CalendarDate } from '../../common/calendar-date.js';
import { IsAbsentOr, IsDay, IsText, WITHDRAWAL_CAUSES } from '../model/index.js';

export class SheetDate {
  /**
   * Date of the sheet.
   * @example "2025-12-24"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @IsDay()
  date!: CalendarDate;
}

/** Which of a date's documents. */
export class DocumentChoice {
  /**
   * The document with this hash; default the newest sheet.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @Matches(/^[0-9a-f]{64}$/, { message: 'sha256 must be 64 hexadecimal digits' })
  sha256?: string;
}

/** Why a sheet is to be withdrawn. */
export class WithdrawSheet {
  /**
   * Kept with the withdrawal, for whoever asks later: 1 to 500 characters.
   * @example "Published with a wrong date, confirmed by phone"
   */
  @IsText(500)
  reason!: string;
}

/** What a withdrawal came to. */
export class V1SheetWithdrawal {
  /**
   * The date of the sheet.
   * @example "2026-12-13"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /**
   * As it was given.
   * @example "Published with a wrong date, confirmed by phone"
   */
  reason!: string;

  /**
   * From this instant on the sheet does not count.
   * @example "2026-11-30T09:00:00.000Z"
   */
  @ApiProperty({ format: 'date-time' })
  withdrawn_at!: string;

  /**
   * Rates that were deleted, each with an event `rate_deleted`.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  withdrawn!: number;
}

/** A withdrawal that is in effect. */
export class V1Withdrawn {
  /**
   * `bank`: asked for the date twice, the bank had no such sheet any more; `person`: it was withdrawn by hand.
   * @example "bank"
   */
  @ApiProperty({ enum: WITHDRAWAL_CAUSES })
  cause!: string;

  /**
   * Why.
   * @example "Asked for 2026-12-13 twice, the bank sent the sheet of 2026-12-12"
   */
  reason!: string;

  /** The name of the API key that did it; null for the bank, and where no key was needed. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  withdrawn_by!: string | null;

  /**
   * Since when the sheet does not count.
   * @example "2026-11-30T09:00:00.000Z"
   */
  @ApiProperty({ format: 'date-time' })
  withdrawn_at!: string;
}

/** A document of the bank. */
export class V1Document {
  /**
   * `daily`: the sheet of one date (XML_daily); `dynamic`: the series of one currency (XML_dynamic).
   * @example "daily"
   */
  @ApiProperty({ enum: ['daily', 'dynamic'] })
  kind!: string;

  /** The currency of a series. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  cbr_id!: string | null;

  /**
   * The date printed in a sheet; of a series, the first day covered.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /** Of a series, the last day covered. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: null })
  to_date!: string | null;

  /**
   * When these bytes were first received.
   * @example "2025-12-23T15:05:44.120Z"
   */
  @ApiProperty({ format: 'date-time' })
  fetched_at!: string;

  /**
   * Of the bytes as the bank served them.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  sha256!: string;
}

/** What is stored of the fixings of one date, and where it comes from. */
export class V1Sheet {
  /**
   * The effective date.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  date!: string;

  /**
   * When the first of the documents below was received.
   * @example "2025-12-23T15:05:44.120Z"
   */
  @ApiProperty({ format: 'date-time' })
  fetched_at!: string;

  /**
   * Of that document.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  sha256!: string;

  /**
   * How many currencies are stored for the date.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  currencies!: number;

  /** Set while the sheet is withdrawn: then its figures are not served. */
  @ApiProperty({ type: V1Withdrawn, nullable: true, example: null })
  withdrawn!: V1Withdrawn | null;

  /** The sheet itself, newest first (more than one when the bank corrected it), then series. */
  @ApiProperty({ type: [V1Document] })
  documents!: V1Document[];
}
