import { DailyJsonController } from './daily-json.controller.js';
import { DailyXmlController } from './daily-xml.controller.js';

/** Answers as www.cbr-xml-daily.ru does. */
export const JSON_CONTROLLERS = [DailyJsonController, DailyXmlController];
