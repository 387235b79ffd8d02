import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest } from '../http/problems/index.js';
import { NoParameters } from '../http/requests/index.js';
import { Status } from './status.dto.js';
import { StatusService } from './status.service.js';

@ApiTags('service')
@Controller('v1/status')
export class StatusController {
  constructor(private readonly service: StatusService) {}

  /** Newest sheet, result of the last run, backlog of the broker. */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: Status })
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  status(@Query() _: NoParameters): Promise<Status> {
    return this.service.status();
  }
}
