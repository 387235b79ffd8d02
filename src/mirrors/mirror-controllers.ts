import type { Type } from '@nestjs/common';
import type { Mirror } from '../config/setting-rules.js';
import { BANK_CONTROLLERS } from './bank/index.js';
import { FRANKFURTER_CONTROLLERS } from './frankfurter/index.js';
import { JSON_CONTROLLERS } from './json/index.js';
import { SOAP_CONTROLLERS } from './soap/index.js';
import { TSV_CONTROLLERS } from './tsv/index.js';

/** The controllers of each mirror. */
export const MIRROR_CONTROLLERS: Readonly<Record<Mirror, readonly Type[]>> = {
  bank: BANK_CONTROLLERS,
  json: JSON_CONTROLLERS,
  soap: SOAP_CONTROLLERS,
  tsv: TSV_CONTROLLERS,
  frankfurter: FRANKFURTER_CONTROLLERS,
};
