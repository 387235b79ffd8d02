import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../http/problems/index.js';
import { NoParameters } from '../http/requests/index.js';
import { Write } from '../http/access/index.js';
import { FetchRuns } from './fetch-runs.js';
import { TaskResult } from './tasks.dto.js';

const BAD_ANSWER = {
  status: 502,
  code: 'cbr.timeout',
  detail: 'The bank did not answer completely within 10000 ms',
};

@ApiTags('service')
@Controller('tasks')
export class TasksController {
  constructor(private readonly runs: FetchRuns) {}

  /**
   * Fetches from the bank now. Answers when everything is stored. Waits for a run in progress and does not join it,
   * as it has asked the bank already. A bad answer of the bank is a 502.
   */
  @Post('run')
  @HttpCode(200)
  @Write('tasks')
  @ApiOkResponse({ type: TaskResult })
  @ApiProblem(BAD_ANSWER)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  async runTask(@Query() _: NoParameters): Promise<TaskResult> {
    const { message, saved, unchanged, quarantined, effective_date } = await this.runs.runNow();
    const counts = { saved, unchanged, quarantined };
    return { status: 'success', message, ...counts, effective_date: effective_date ?? '' };
  }
}
