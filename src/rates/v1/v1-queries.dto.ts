import { ApiPropertyOptional, IntersectionType, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, ValidateBy } from 'class-validator';
import { type CalendarDate, isCalendarDate } from '../../common/calendar-date.js';
import { dayOfPosition, type Grouping, GROUPS } from '../reading/index.js';
import {
  IsAbsentOr,
  IsCode,
  IsCodeList,
  IsDay,
  IsFlag,
  IsWhole,
  SOURCE_CHOICES,
  type SourceChoice,
} from '../model/index.js';

/** The largest page: pages are collected in memory. */
const LARGEST_PAGE = 1_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An instant of ISO 8601 with its zone; becomes a Date. */
function IsInstant(): PropertyDecorator {
  const toDate = Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string' || !INSTANT.test(value)) return value;
    const isDay = isCalendarDate(value.slice(0, 10));
    return isDay ? new Date(value) : value;
  });
  const isDate = ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
      defaultMessage: () => '$property must be an instant with its zone: 2026-04-25T12:00:00Z',
    },
  });
  return (target, property) => [toDate, isDate].forEach((apply) => apply(target, property));
}

/** What every question about rates may say. */
export class V1PairQuery {
  /**
   * What rates are counted in; any currency but RUB gives cross rates through the rouble. `RUR` is for
   * days before 1998 alone, the last of a range included.
   * @example "RUB"
   */
  @ApiPropertyOptional({ type: 'string', default: 'RUB' })
  @IsCode()
  quote = 'RUB';

  /**
   * Whose rates: the bank's, whatever people did to them; those made by people; or of the two the
   * newer, a person's before the bank's of the same day.
   * @example "cbr"
   */
  @ApiPropertyOptional({ enum: SOURCE_CHOICES, default: 'cbr' })
  @IsIn(SOURCE_CHOICES)
  source: SourceChoice = 'cbr';

  /**
   * Turns old roubles (before 1998) into today's: `rate` ÷ 1000, `quote` RUB; `value` stays as published.
   * @example false
   */
  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsFlag()
  restate = false;
}

/** The same with the instant to look from. */
export class V1AsOfQuery extends V1PairQuery {
  /**
   * Answers as the service would have answered at this instant, before later corrections and loads; letter codes are today’s.
   * @example "2026-04-25T12:00:00Z"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date-time' })
  @IsAbsentOr()
  @IsInstant()
  as_of?: Date;
}

/** One currency on one day. */
export class V1RateQuery extends V1AsOfQuery {
  /**
   * The day; default today in Moscow; `latest` includes a sheet already published for a later day. Days before
   * `bank.expected_date` of `GET /v1/status` can be asked for, those after today as provisional.
   * @example "2025-12-24"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @ValidateBy({
    name: 'isDayOrLatest',
    validator: {
      validate: (value) => value === 'latest' || isCalendarDate(value),
      defaultMessage: () => '$property must be a calendar date, YYYY-MM-DD, or latest',
    },
  })
  date?: CalendarDate | 'latest';
}

/** A range of days, and pages of it. */
export class V1RangeQuery extends V1AsOfQuery {
  /**
   * First day.
   * @example "2025-12-01"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date' })
  @IsAbsentOr()
  @IsDay()
  from?: CalendarDate;

  /**
   * Last day; default the newest: today in Moscow, or the day of a sheet already published. Later ones as in `date`.
   * @example "2025-12-31"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date' })
  @IsAbsentOr()
  @IsDay()
  to?: CalendarDate;

  /**
   * At most this many rows; the `Link` header leads to the next page. Absent: all of them, streamed.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_PAGE })
  @IsAbsentOr()
  @IsWhole(1, LARGEST_PAGE)
  limit?: number;

  /**
   * Where the page before ended, as its `Link` header says.
   * @example "2025-12-24.USD.cbr.R01235"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @ValidateBy({
    name: 'isPosition',
    validator: {
      validate: (value) => typeof value === 'string' && dayOfPosition(value) !== undefined,
      defaultMessage: () => '$property must be where a page ended, as its answer says',
    },
  })
  after?: string;
}

/** Rates on a day, or of a range. */
export class V1RatesQuery extends IntersectionType(
  V1RateQuery,
  PickType(V1RangeQuery, ['from', 'to', 'limit', 'after'] as const),
) {
  /**
   * Letter codes, separated by commas; default all.
   * @example "USD,EUR"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @IsCodeList()
  codes?: string[];
}

/** The history of one currency. */
export class V1HistoryQuery extends V1RangeQuery {
  /**
   * Summarizes by ISO week or calendar month: open, high, low, close, average.
   * @example "month"
   */
  @ApiPropertyOptional({ enum: GROUPS })
  @IsAbsentOr()
  @IsIn(GROUPS)
  group?: Grouping;

  /**
   * `calendar`: a row for every covered day, and for today, carried ones marked.
   * @example "calendar"
   */
  @ApiPropertyOptional({ enum: ['calendar'] })
  @IsAbsentOr()
  @IsIn(['calendar'])
  fill?: 'calendar';
}
