import { Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { cacheForADay, type ShortAnswer } from '../../http/answers/index.js';
import { OfficialSheets } from '../../rates/reading/index.js';
import {
  BANK_FORM,
  bankDate,
  queryValue,
  sheetAnswer,
  type SheetForm,
  sheetType,
} from '../answers/index.js';
import { BankController, BankDateQuery, BankRoute } from './bank-controller.js';
import { errorInParameters } from './error-document.js';

const DAY =
  "Default: the newest sheet, which is tomorrow's once it is published. Otherwise the day";

/** The bank's sheets. */
@BankController()
export class DailyController {
  constructor(
    private readonly sheets: OfficialSheets,
    private readonly clock: Clock,
  ) {}

  /**
   * The sheet in force on a day: the bank's own bytes, if they are stored. Before 1 July 1992, and for what is no
   * date, the bank's "Error in parameters", with status 200.
   */
  @BankRoute('XML_daily.asp', 'text/xml')
  @BankDateQuery('date_req', DAY)
  getDaily(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShortAnswer> {
    return this.answer(BANK_FORM, request, response);
  }

  /** The sheet in force on a day, with English names. */
  @BankRoute('XML_daily_eng.asp', 'text/xml')
  @BankDateQuery('date_req', DAY)
  getDailyInEnglish(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShortAnswer> {
    return this.answer({ ...BANK_FORM, names: 'English' }, request, response);
  }

  private async answer(
    form: SheetForm,
    request: Request,
    response: Response,
  ): Promise<ShortAnswer> {
    const asked = queryValue(request, 'date_req')?.trim() ?? '';
    if (asked === '') return sheetAnswer(this.sheets, this.sheets.newest(), form, response);
    const day = bankDate(asked);
    const sheet = day && this.sheets.inForceOn(day);
    if (!day || !sheet) return errorInParameters(sheetType('windows-1251'));
    const answer = await sheetAnswer(this.sheets, sheet, form, response);
    const isPast = day < moscowDate(this.clock.now());
    if (isPast && sheet.quarantined.length === 0) cacheForADay(response);
    return answer;
  }
}
