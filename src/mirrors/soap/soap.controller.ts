import { Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Settings } from '../../config/settings.js';
import {
  ApiLongAnswers,
  nameQuarantined,
  ReadByPost,
  type RowsAnswer,
  ShortAnswer,
} from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { ApiProblem } from '../../http/problems/index.js';
import { MirrorController, publicAddress, queryValue } from '../answers/index.js';
import { soapPage } from './soap-page.js';
import { readRequest } from './soap-request.js';
import { SoapFaultFilter } from './soap-fault.filter.js';
import { SoapService } from './soap-service.js';
import { wsdlOf } from './wsdl.js';

const PATH = 'DailyInfoWebServ/DailyInfo.asmx';
const EMPTY = Buffer.alloc(0);

/** As properties: Swagger UI makes XML of nothing else, not even of an example. */
const ENVELOPE = {
  type: 'object',
  xml: { name: 'Envelope', prefix: 'soap', namespace: 'http://schemas.xmlsoap.org/soap/envelope/' },
  properties: {
    Body: {
      type: 'object',
      xml: { prefix: 'soap' },
      properties: {
        GetLatestDateTime: { type: 'object', xml: { namespace: 'http://web.cbr.ru/' } },
      },
    },
  },
} as const;
const DOCUMENT = { schema: { type: 'string' } } as const;

/** The bank's SOAP service of daily figures. */
@MirrorController('mirror: SOAP of the Bank of Russia')
@UseFilters(SoapFaultFilter)
export class SoapController {
  constructor(
    private readonly service: SoapService,
    private readonly settings: Settings,
  ) {}

  /** The operations of the service, as a page. With `?WSDL` its description, which names this address. */
  @Get(PATH)
  @ApiQuery({
    name: 'WSDL',
    required: false,
    allowEmptyValue: true,
    description: 'Asks for the WSDL of the service; a page without it',
    schema: { type: 'string', example: '' },
  })
  @ApiOkResponse({ content: { 'text/xml': DOCUMENT, 'text/html': DOCUMENT } })
  describeSoap(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    const { operations } = this.service;
    // The description names the address that it was asked at, and costs nothing to write.
    response.setHeader('Cache-Control', 'no-cache');
    if (queryValue(request, 'WSDL') === undefined) {
      return new ShortAnswer(Buffer.from(soapPage(operations)), 'text/html; charset=utf-8');
    }
    const address = `${publicAddress(this.settings, request)}/${PATH}`;
    return new ShortAnswer(Buffer.from(wsdlOf(operations, address)), 'text/xml; charset=utf-8');
  }

  /**
   * Calls an operation in SOAP 1.1 or 1.2. The first element of the body names it: `GetCursOnDate`, `GetCursDynamic`
   * and `EnumValutes`, which answer a .NET DataSet, the same with `XML` at the end, `GetLatestDateTime` and
   * `GetLatestDate`.
   */
  @Post(PATH)
  @ReadByPost()
  @HttpCode(200)
  @ApiConsumes('text/xml', 'application/soap+xml')
  @ApiBody({ schema: ENVELOPE })
  @ApiOkResponse({ content: { 'text/xml': DOCUMENT, 'application/soap+xml': DOCUMENT } })
  @ApiResponse({
    status: 500,
    description: 'A fault: the request is malformed, or asks for another operation',
    content: { 'text/xml': DOCUMENT, 'application/soap+xml': DOCUMENT },
  })
  @ApiProblem({
    status: 503,
    code: 'rates.sheet_not_loaded',
    detail: 'The sheet of 2025-04-04 is not loaded; "kurs backfill" loads history',
  })
  @ApiAnswerHeaders('Kurs-Data-As-Of', 'Kurs-Quarantined')
  @ApiLongAnswers()
  async callSoap(
    @Req() { body, headers }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    const bytes = Buffer.isBuffer(body) ? body : EMPTY;
    const { body: answer, quarantined = [] } = await this.service.answer(
      readRequest(bytes, headers['content-type']),
    );
    response.setHeader('Cache-Control', 'private, max-age=0');
    nameQuarantined(response, quarantined);
    return answer;
  }
}
