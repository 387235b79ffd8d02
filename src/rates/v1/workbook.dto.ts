import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { WORKBOOK_LANGUAGES, type WorkbookLanguage } from './day-workbook.js';
import { V1RateQuery } from './v1-queries.dto.js';

/** Day of a workbook, and its language. */
export class WorkbookQuery extends PickType(V1RateQuery, ['date', 'source', 'as_of'] as const) {
  /**
   * Language of the headings and names.
   * @example "ru"
   */
  @ApiPropertyOptional({ enum: WORKBOOK_LANGUAGES, default: 'ru' })
  @IsIn(WORKBOOK_LANGUAGES)
  lang: WorkbookLanguage = 'ru';
}
