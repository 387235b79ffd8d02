import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../http/problems/index.js';
import { CatchUpService } from './catch-up.service.js';
import { EventPage, EventsQuery } from './events.dto.js';

@ApiTags('live changes')
@Controller('v1/events')
export class EventsController {
  constructor(private readonly catchUp: CatchUpService) {}

  /**
   * Events after a position in the log. For consumers that were away, or that have neither socket nor NATS.
   * Each event is the JSON text that sockets and NATS carry, byte for byte.
   */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: EventPage })
  @ApiProblem({
    status: 410,
    code: 'gateway.resync_required',
    detail: 'The log begins with event 5000 by now: reload the rates',
  })
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  async listEvents(@Query() { after, limit, log_id }: EventsQuery): Promise<StreamableFile> {
    const { end, events } = await this.catchUp.missed({ after, logId: log_id }, limit);
    const texts = events.map(({ payload }) => payload).join(',');
    const body = Buffer.from(`{"log_id":"${end.logId}","seq":${end.seq},"events":[${texts}]}`);
    return new StreamableFile(body, {
      type: 'application/json; charset=utf-8',
      length: body.length,
    });
  }
}
