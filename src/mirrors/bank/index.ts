import { DailyController } from './daily.controller.js';
import { DictionaryController } from './dictionary.controller.js';
import { DynamicController } from './dynamic.controller.js';
import { MetalsController } from './metals.controller.js';

/** Answers as the bank's XML services do (https://www.cbr.ru/development/SXML/). */
export const BANK_CONTROLLERS = [
  DailyController,
  DynamicController,
  DictionaryController,
  MetalsController,
];
