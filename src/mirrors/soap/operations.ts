import type { Type } from '@nestjs/common';
import { EnumValutes } from './operations/enum-valutes.js';
import { GetCursDynamic } from './operations/get-curs-dynamic.js';
import { GetCursOnDate } from './operations/get-curs-on-date.js';
import { GetLatestDateTime } from './operations/get-latest-date-time.js';
import { GetLatestDate } from './operations/get-latest-date.js';
import type { SoapOperation } from './soap-operation.js';

/** Everything that the service does, each in a file of its own; any other operation is answered with a fault. */
export const OPERATIONS: Type<SoapOperation>[] = [
  GetCursOnDate,
  GetCursDynamic,
  EnumValutes,
  GetLatestDateTime,
  GetLatestDate,
];
