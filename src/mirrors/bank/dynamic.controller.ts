import { Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { nameQuarantined, type RowsAnswer, textRows } from '../../http/answers/index.js';
import { OfficialSeries } from '../../rates/reading/index.js';
import { bankDate, queryValue, SeriesIds, XML_TYPE } from '../answers/index.js';
import { BankController, BankDateQuery, BankRoute } from './bank-controller.js';
import { errorInParameters } from './error-document.js';
import { seriesXml } from './series-xml.js';

/** The bank's series. */
@BankController()
export class DynamicController {
  constructor(
    private readonly series: OfficialSeries,
    private readonly ids: SeriesIds,
  ) {}

  /**
   * Every fixing of a currency in a range of days. Of a parent ID, those of its children too. The document is built
   * from the stored figures. Without one of the parameters the bank's "Error in parameters", with status 200.
   */
  @BankRoute('XML_dynamic.asp')
  @BankDateQuery('date_req1', 'First day', { required: true })
  @BankDateQuery('date_req2', 'Last day', { required: true })
  @ApiQuery({
    name: 'VAL_NM_RQ',
    description: "The bank's ID of a currency, `R01235`",
    required: true,
    schema: { type: 'string', example: 'R01235' },
  })
  async getDynamic(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    const [from, to] = ['date_req1', 'date_req2'].map((name) =>
      bankDate(queryValue(request, name) ?? ''),
    );
    const id = queryValue(request, 'VAL_NM_RQ')?.trim() ?? '';
    if (!from || !to || id === '') return errorInParameters(XML_TYPE);
    const wanted = { ids: await this.ids.of(id.toUpperCase()), from, to };
    const records = this.series.records(wanted);
    response.setHeader('Kurs-Built', 'true');
    nameQuarantined(response, this.series.quarantined(wanted));
    return textRows(records, seriesXml(id, { from, to }));
  }
}
