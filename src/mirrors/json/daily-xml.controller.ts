import { Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { ShortAnswer } from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { OfficialSheets } from '../../rates/reading/index.js';
import {
  BANK_FORM,
  MirrorController,
  MirrorRoute,
  sheetAnswer,
  type SheetForm,
} from '../answers/index.js';

const ApiXml = () => ApiOkResponse({ content: { 'text/xml': { schema: { type: 'string' } } } });

/** The XML of www.cbr-xml-daily.ru: the newest sheet. */
@MirrorController('mirror: cbr-xml-daily.ru')
export class DailyXmlController {
  constructor(private readonly sheets: OfficialSheets) {}

  /** The bank's document, in windows-1251. */
  @MirrorRoute('daily.xml')
  @ApiXml()
  @ApiAnswerHeaders('Kurs-Built', 'Kurs-Quarantined')
  getDailyXml(@Res({ passthrough: true }) response: Response): Promise<ShortAnswer> {
    return this.newest(BANK_FORM, response);
  }

  /** The bank's document, in UTF-8. */
  @MirrorRoute('daily_utf8.xml')
  @ApiXml()
  @ApiAnswerHeaders('Kurs-Built', 'Kurs-Quarantined')
  getDailyUtf8Xml(@Res({ passthrough: true }) response: Response): Promise<ShortAnswer> {
    return this.newest({ names: 'Russian', encoding: 'utf-8' }, response);
  }

  /** The bank's document with English names, in windows-1251. */
  @MirrorRoute('daily_eng.xml')
  @ApiXml()
  @ApiAnswerHeaders('Kurs-Built', 'Kurs-Quarantined')
  getDailyEnglishXml(@Res({ passthrough: true }) response: Response): Promise<ShortAnswer> {
    return this.newest({ names: 'English', encoding: 'windows-1251' }, response);
  }

  /** The bank's document with English names, in UTF-8. */
  @MirrorRoute('daily_eng_utf8.xml')
  @ApiXml()
  @ApiAnswerHeaders('Kurs-Built', 'Kurs-Quarantined')
  getDailyEnglishUtf8Xml(@Res({ passthrough: true }) response: Response): Promise<ShortAnswer> {
    return this.newest({ names: 'English', encoding: 'utf-8' }, response);
  }

  private newest(form: SheetForm, response: Response): Promise<ShortAnswer> {
    return sheetAnswer(this.sheets, this.sheets.newest(), form, response);
  }
}
