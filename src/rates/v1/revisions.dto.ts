import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsWhole, LARGEST_INT4 } from '../model/index.js';

/** Page of revisions. */
export class RevisionsQuery {
  /**
   * Only revisions after this `revision_id`.
   * @example 0
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0 })
  @IsWhole(0, LARGEST_INT4)
  after = 0;
}
