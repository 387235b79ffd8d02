import { Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { addDays, dateOfParts } from '../../common/calendar-date.js';
import { Settings } from '../../config/settings.js';
import { nameQuarantined, ShortAnswer } from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { type OfficialSheet, OfficialSheets } from '../../rates/reading/index.js';
import { MirrorController, MirrorRoute, publicAddress } from '../answers/index.js';
import { dailyJson, latestJson, SCRIPT_TYPE } from './json-text.js';
import { NoSheetOfDateError } from './json.errors.js';
import { timeOfSheet } from './moscow-time.js';
import { NoSheetFilter } from './no-sheet.filter.js';

const ApiScript = () =>
  ApiOkResponse({
    content: { 'application/javascript': { schema: { type: 'object' } } },
  });

/** The JSON of www.cbr-xml-daily.ru. */
@MirrorController('mirror: cbr-xml-daily.ru')
@UseFilters(NoSheetFilter)
export class DailyJsonController {
  constructor(
    private readonly sheets: OfficialSheets,
    private readonly settings: Settings,
  ) {}

  /** The newest sheet, with the values of the sheet before it. Numbers are exactly the bank's. */
  @MirrorRoute('daily_json.js')
  @ApiScript()
  @ApiAnswerHeaders('Kurs-Quarantined')
  getDailyJson(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    return script(this.daily(this.sheets.newest(), request, response));
  }

  /** The newest sheet, as a call of the page's function `CBR_XML_Daily_Ru`. */
  @MirrorRoute('daily_jsonp.js')
  @ApiOkResponse({ content: { 'application/javascript': { schema: { type: 'string' } } } })
  @ApiAnswerHeaders('Kurs-Quarantined')
  getDailyJsonp(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    const json = this.daily(this.sheets.newest(), request, response);
    return script(`CBR_XML_Daily_Ru(${json});`);
  }

  /** The sheet of exactly that date. */
  @MirrorRoute('archive/:year/:month/:day/daily_json.js')
  @ApiParam({ name: 'year', type: String, description: 'Year, four digits', example: '2025' })
  @ApiParam({ name: 'month', type: String, description: 'Month', example: '04' })
  @ApiParam({ name: 'day', type: String, description: 'Day of the month', example: '04' })
  @ApiScript()
  @ApiAnswerHeaders('Kurs-Quarantined')
  @ApiResponse({
    status: 404,
    description: 'The bank set no rates for that date',
    content: { 'application/javascript': { schema: { type: 'object' } } },
  })
  getArchivedJson(
    @Param('year') year: string,
    @Param('month') month: string,
    @Param('day') day: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    const date = dateOfParts(year, month, day);
    const sheet = date && this.sheets.of(date);
    if (!sheet) throw new NoSheetOfDateError(date);
    return script(this.daily(sheet, request, response));
  }

  /** Units of each currency for one rouble. By the newest sheet, with 15 significant digits. */
  @MirrorRoute('latest.js')
  @ApiScript()
  @ApiAnswerHeaders('Kurs-Quarantined')
  getLatestJson(@Res({ passthrough: true }) response: Response): ShortAnswer {
    const sheet = this.sheets.newest();
    nameQuarantined(response, sheet.quarantined);
    return script(latestJson(sheet));
  }

  private daily(sheet: OfficialSheet, request: Request, response: Response): string {
    const day = addDays(sheet.date, -1);
    // Before the first sheet of all there is none: its address answers 404, where clients that walk back stop.
    const before = this.sheets.inForceOn(day) ?? { date: day, fixings: [], quarantined: [] };
    const { date, fixings } = before;
    // Also of the sheet before: what is held there is missing among the previous values.
    const quarantined = [...new Set([...sheet.quarantined, ...before.quarantined])].sort();
    nameQuarantined(response, quarantined);
    const address = `${this.archive(request)}/${date.replaceAll('-', '/')}/daily_json.js`;
    return dailyJson(sheet, { date: timeOfSheet(date), fixings, address });
  }

  /** Without its scheme, which clients put before it. */
  private archive(request: Request): string {
    return `${publicAddress(this.settings, request).replace(/^https?:/, '')}/archive`;
  }
}

function script(text: string): ShortAnswer {
  return new ShortAnswer(Buffer.from(text), SCRIPT_TYPE);
}
