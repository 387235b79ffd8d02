import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { moscowDate } from '../../common/calendar-date.js';
import { ApiAnswerHeaders, ApiPrefilled } from '../../http/documents/index.js';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import {
  allRows,
  ApiRow,
  ApiRows,
  Cacheable,
  oneRow,
  oneText,
  rows,
  type RowsAnswer,
  WantedFormat,
} from '../../http/answers/index.js';
import type { Format } from '../../common/row-writer.js';
import { describeAnswer } from './answer-headers.js';
import { historyRequest } from './history-request.js';
import {
  dayOfPosition,
  GROUP_WRITER,
  type History,
  RateGroup,
  RateRanges,
  RateRecord,
  Revision,
  RECORD_WRITER,
  RequestedDays,
  REVISION_WRITER,
  RevisionsQueries,
  RatesOnDay,
} from '../reading/index.js';
import { answerRows } from './page-answer.js';
import { idOf, type SourceChoice } from '../model/index.js';
import { CodeOrIdParameter, CodeParameter, StoredRates } from '../original/index.js';
import { storedRateJson, tagOf } from './stored-rate.js';
import { V1StoredRate } from './v1-writes.dto.js';
import { RevisionsQuery } from './revisions.dto.js';
import { rejectForCode, rejectForId, rejectForRates } from './v1-combinations.js';
import { ApiRateProblems } from './v1-problems.js';
import { V1HistoryQuery, V1RateQuery, V1RatesQuery } from './v1-queries.dto.js';

@ApiTags('rates')
@Controller('v1/rates')
export class V1RatesController {
  constructor(
    private readonly rates: RatesOnDay,
    private readonly history: RateRanges,
    private readonly days: RequestedDays,
    private readonly revisions: RevisionsQueries,
    private readonly queries: StoredRates,
  ) {}

  /**
   * Rates in force on a day, or fixings in a range of days. With `from`, those of a range: without `codes`, every
   * currency on the days with a fixing of its own, and the rouble on those of the quote. The header `Kurs-Not-Loaded`
   * names currencies, the quote included, with days that are not loaded and therefore missing; `Kurs-Quarantined`
   * those with a held fixing.
   */
  @Get()
  @Cacheable()
  @ApiRows(RateRecord)
  @ApiAnswerHeaders('Link', 'Kurs-Not-Loaded', 'Kurs-Quarantined', 'Kurs-Missing-Sheet')
  @ApiRateProblems()
  async listV1Rates(
    @Query() query: V1RatesQuery,
    @WantedFormat() format: Format,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    rejectForRates(query);
    const { as_of: asOf, after } = query;
    const asked = { codes: query.codes, named: 'codes' as const, asOf };
    if (query.from !== undefined) {
      const resumeAt = after === undefined ? undefined : dayOfPosition(after);
      const { from, to } = query;
      const wanted = { ...query, ...asked, from, to, resumeAt };
      const { pages, ...known } = this.history.fixings(wanted);
      this.describe(response, query, known);
      const listing = { writer: RECORD_WRITER, pages };
      return answerRows(listing, query, { format, request, response });
    }
    const { date, quote, source, restate } = query;
    const day = this.rates.ratesOn({ ...asked, date, quote, source, restate });
    describeAnswer(response, { source, ...day });
    return allRows(format, RECORD_WRITER, day.records);
  }

  /**
   * Rate of one currency in force on a day. With the id of a rate instead of a code: the stored rate, in JSON, with
   * the `ETag` for `If-Match` of PATCH and DELETE; parameters are not allowed then.
   */
  @Get(':code')
  @Cacheable()
  @ApiRow(RateRecord, V1StoredRate)
  @ApiAnswerHeaders('Kurs-Quarantined', 'Kurs-Missing-Sheet')
  @ApiRateProblems()
  async getV1Rate(
    @Param() { code }: CodeOrIdParameter,
    @Query() query: V1RateQuery,
    @WantedFormat() format: Format,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    const id = idOf(code);
    if (id !== undefined) {
      rejectForId(Object.keys(request.query), format);
      const stored = storedRateJson(await this.queries.stored(id));
      response.set({ ETag: tagOf(stored), 'Cache-Control': 'no-cache' });
      return oneText(stored);
    }
    rejectForCode(code, query);
    const { date, as_of: asOf, quote, source, restate } = query;
    const { record, ...known } = this.rates.rateOn({ code, date, quote, source, restate, asOf });
    describeAnswer(response, { source, ...known });
    return oneRow(format, RECORD_WRITER, record);
  }

  /**
   * Fixings of one currency, oldest first. By week or month with `group`, day by day with `fill`. Without `from`:
   * everything loaded without a gap up to `to`. If the last days before today are not loaded, the header
   * `Kurs-Not-Loaded` names the currency, and the rest is answered, today included.
   */
  @Get(':code/history')
  @ApiPrefilled('limit')
  @Cacheable()
  @ApiRows(RateRecord, RateGroup)
  @ApiAnswerHeaders('Link', 'Kurs-Not-Loaded', 'Kurs-Quarantined', 'Kurs-Missing-Sheet')
  @ApiRateProblems()
  async getV1History(
    @Param() { code }: CodeParameter,
    @Query() query: V1HistoryQuery,
    @WantedFormat() format: Format,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    rejectForCode(code, query);
    const { group, fill } = query;
    const wanted = historyRequest(code, query);
    const http = { format, request, response };
    if (group !== undefined) {
      const { pages, ...known } = this.history.groups(wanted, group);
      this.describe(response, query, known);
      return answerRows({ writer: GROUP_WRITER, pages }, query, http);
    }
    const { pages, ...known } = fill ? this.history.days(wanted) : this.history.fixings(wanted);
    this.describe(response, query, known);
    return answerRows({ writer: RECORD_WRITER, pages }, query, http);
  }

  /** Versions replaced by corrections of the bank, edits and deletions. In the order of these. */
  @Get(':code/revisions')
  @Cacheable()
  @ApiRows(Revision)
  @ApiProblem({
    status: 404,
    code: 'rates.unknown_code',
    detail: 'No rate of XYZ is stored',
  })
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  listRevisions(
    @Param() { code }: CodeParameter,
    @Query() { after }: RevisionsQuery,
    @WantedFormat() format: Format,
  ): Promise<RowsAnswer> {
    return rows(format, REVISION_WRITER, this.revisions.of(code, after));
  }

  private describe(
    response: Response,
    { source }: { source: SourceChoice },
    { range, ...known }: Omit<History<never>, 'pages'>,
  ): void {
    const isPast = range.to < moscowDate(this.days.now(undefined));
    describeAnswer(response, { source, isPast, ...known });
  }
}
