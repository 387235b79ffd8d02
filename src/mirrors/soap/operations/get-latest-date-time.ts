import { Injectable } from '@nestjs/common';
import { OfficialSheets } from '../../../rates/reading/index.js';
import type { ValueOperation } from '../soap-operation.js';

/** The date of the newest sheet, `2025-04-05T00:00:00`. */
@Injectable()
export class GetLatestDateTime implements ValueOperation {
  readonly name = 'GetLatestDateTime';
  readonly parameters = [];
  readonly type = 'dateTime';

  constructor(private readonly sheets: OfficialSheets) {}

  value(): string {
    return `${this.sheets.newest().date}T00:00:00`;
  }
}
