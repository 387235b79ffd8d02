import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const SCOPES = ['current', 'all'] as const;

/** Selects currencies. */
export class CurrenciesQuery {
  /**
   * `current`: those with a rate in force today; `all`: also those no longer set.
   * @example "current"
   */
  @ApiPropertyOptional({ enum: SCOPES, default: 'current' })
  @IsIn(SCOPES)
  scope: (typeof SCOPES)[number] = 'current';
}
