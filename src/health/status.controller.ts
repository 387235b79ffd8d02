import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem } from '../http/api-problem.js';
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
  @ApiDatabaseProblem()
  status(): Promise<Status> {
    return this.service.status();
  }
}
