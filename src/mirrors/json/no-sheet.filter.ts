import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { SCRIPT_TYPE } from './json-text.js';
import { NoSheetOfDateError } from './json.errors.js';

/** Clients compare its text. */
const BODY = `{
    "error": "Not found",
    "code": 404,
    "explanation": "Курс ЦБ РФ на данную дату не установлен. Проверить: https:\\/\\/www.cbr.ru\\/currency_base\\/daily\\/"
}`;

/** Answers a date without a sheet as www.cbr-xml-daily.ru does. */
@Catch(NoSheetOfDateError)
export class NoSheetFilter implements ExceptionFilter {
  catch(_: NoSheetOfDateError, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(404).set('Cache-Control', 'no-store').type(SCRIPT_TYPE).send(BODY);
  }
}
