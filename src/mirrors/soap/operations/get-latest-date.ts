import { Injectable } from '@nestjs/common';
import { OfficialSheets } from '../../../rates/reading/index.js';
import { compactDate } from '../../answers/index.js';
import type { ValueOperation } from '../soap-operation.js';

/** The date of the newest sheet, `20250405`. */
@Injectable()
export class GetLatestDate implements ValueOperation {
  readonly name = 'GetLatestDate';
  readonly parameters = [];
  readonly type = 'string';

  constructor(private readonly sheets: OfficialSheets) {}

  value(): string {
    return compactDate(this.sheets.newest().date);
  }
}
