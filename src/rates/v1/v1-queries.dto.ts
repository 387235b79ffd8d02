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

/** Largest page, as a page is collected in memory. */
const LARGEST_PAGE = 1_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Instant in ISO 8601 with a time zone; converted to a Date. */
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
      defaultMessage: () => '$property must be an instant with a time zone: 2026-04-25T12:00:00Z',
    },
  });
  return (target, property) => [toDate, isDate].forEach((apply) => apply(target, property));
}

/** Parameters of all requests for rates. */
export class V1PairQuery {
  /**
   * Currency in which rates are expressed. Any currency except RUB results in cross rates through the rouble. `RUR`
   * is only for days before 1998, the last day of a range included.
   * @example "RUB"
   */
  @ApiPropertyOptional({ type: 'string', default: 'RUB' })
  @IsCode()
  quote = 'RUB';

  /**
   * `cbr`: the bank's rates, unaffected by edits; `manual`: manual rates; `all`: the newer of both, the manual one
   * before the bank's of the same day.
   * @example "cbr"
   */
  @ApiPropertyOptional({ enum: SOURCE_CHOICES, default: 'cbr' })
  @IsIn(SOURCE_CHOICES)
  source: SourceChoice = 'cbr';

  /**
   * Converts old roubles (before 1998) to new ones: `rate` ÷ 1000, `quote` RUB; `value` stays as published.
   * @example false
   */
  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsFlag()
  restate = false;
}

/** The same, as of an instant. */
export class V1AsOfQuery extends V1PairQuery {
  /**
   * Answers as the service would have answered at this instant, before later corrections and loads; letter codes are
   * current.
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
   * Day; default today in Moscow; `latest` includes a sheet already published for a later day. Days up to
   * `bank.last_answerable_date` of `GET /v1/status` are allowed; those after today are provisional.
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

/** Range of days, with pages. */
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
   * Last day; default the newest: today in Moscow, or the day of a sheet already published. Later days as in `date`.
   * @example "2025-12-31"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date' })
  @IsAbsentOr()
  @IsDay()
  to?: CalendarDate;

  /**
   * Page size; the `Link` header has the next page. Absent: all rows, streamed.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_PAGE })
  @IsAbsentOr()
  @IsWhole(1, LARGEST_PAGE)
  limit?: number;

  /**
   * Resume position of the previous page, from its `Link` header.
   * @example "2025-12-24.USD.cbr.R01235"
   */
  @ApiPropertyOptional({ type: 'string' })
  @IsAbsentOr()
  @ValidateBy({
    name: 'isPosition',
    validator: {
      validate: (value) => typeof value === 'string' && dayOfPosition(value) !== undefined,
      defaultMessage: () => '$property must be a resume position from the Link header of a page',
    },
  })
  after?: string;
}

/** Rates of a day, or of a range. */
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

/** History of one currency. */
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
   * `calendar`: a row for every covered day and for today, with carried rates marked.
   * @example "calendar"
   */
  @ApiPropertyOptional({ enum: ['calendar'] })
  @IsAbsentOr()
  @IsIn(['calendar'])
  fill?: 'calendar';
}
