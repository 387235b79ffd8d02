import { FrankfurterRates } from './frankfurter-rates.js';
import { FrankfurterListsController } from './lists.controller.js';
import { FrankfurterV1Controller } from './v1.controller.js';
import { FrankfurterV2Controller } from './v2.controller.js';

/** Answers as Frankfurter does, with the bank for its only provider. */
export const FRANKFURTER_CONTROLLERS = [
  FrankfurterListsController,
  FrankfurterV1Controller,
  FrankfurterV2Controller,
];
export const FRANKFURTER_PROVIDERS = [FrankfurterRates];
