import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest } from '../http/api-problem.js';
import { NoParameters } from '../http/no-parameters.dto.js';
import { Status } from './status.dto.js';
import { StatusService } from './status.service.js';

@ApiTags('status')
@Controller('v1/status')
export class StatusController {
  constructor(private readonly service: StatusService) {}

  /** What the service is doing: the newest sheet, how the last run ended, what waits for the broker. */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: Status })
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  status(@Query() _: NoParameters): Promise<Status> {
    return this.service.status();
  }
}
