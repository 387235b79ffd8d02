import type { Request, Response } from 'express';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../http/problems/index.js';
import { InvalidRequestError } from '../common/invalid-request.error.js';
import { markEndless } from '../http/telemetry/index.js';
import type { ClientPosition } from './catch-up.service.js';
import { ConnectionLimiter } from './connection-limiter.js';
import { readPosition, StreamQuery } from './live-query.dto.js';
import { LiveSessions } from './live-sessions.js';
import { Session } from './session.js';
import { SessionOpening } from './session-opening.js';
import { retryBlock } from './stream-framing.js';
import { StreamOutlet } from './stream-outlet.js';

/** How long a client waits before it connects again, unless it is told otherwise, in milliseconds. */
const RETRY_MS = 2_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // nginx would keep events back until it has a page full of them.
  'X-Accel-Buffering': 'no',
};

/** The face of live delivery for clients without WebSocket: server-sent events. */
@ApiTags('live changes')
@Controller('v1/stream')
export class StreamController {
  constructor(
    private readonly connections: ConnectionLimiter,
    private readonly opening: SessionOpening,
    private readonly sessions: LiveSessions,
  ) {}

  /**
   * Every change as it happens, as server-sent events. The messages of the WebSocket `/ws/rates`, each
   * in one `data` line, with `<log_id>:<seq>` as its id. A browser's `EventSource` resumes by itself.
   * The answer does not end; to see it: `curl -N <address>/v1/stream?snapshot=1`.
   */
  @Get()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Where the client was, as `since`, which it overrules',
    schema: { type: 'string' },
    example: '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11:310',
  })
  @ApiOkResponse({
    description: 'A stream without an end',
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example:
          'id: 4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11:311\ndata: {"event":"rate_updated",…}\n\n',
      },
    },
  })
  @ApiInvalidRequest()
  @ApiProblem({
    status: 403,
    code: 'gateway.foreign_origin',
    detail: 'Pages of this origin may not listen: see ALLOWED_ORIGINS',
  })
  @ApiProblem({
    status: 429,
    code: 'gateway.too_many_connections',
    detail: 'Connection limit of this address reached',
  })
  @ApiDatabaseProblem()
  async streamEvents(
    @Query() { codes, since, snapshot, lastEventId }: StreamQuery,
    @Headers('last-event-id') header: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const beginning = { since: positionIn(header) ?? lastEventId ?? since, snapshot };
    // Gone before it was let in: nobody would give its place back.
    if (response.destroyed) return;
    const leave = this.connections.enter(request);
    response.once('close', leave);
    response.set(HEADERS);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    markEndless(response);
    response.write(retryBlock(RETRY_MS));
    const session = new Session(new StreamOutlet(response), codes);
    response.once('close', () => this.sessions.leave(session));
    await this.opening.open(session, beginning);
  }
}

/** @throws InvalidRequestError */
function positionIn(lastEventId: string | undefined): ClientPosition | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  const position = readPosition(lastEventId);
  if (position) return position;
  throw InvalidRequestError.of('Last-Event-ID', 'Last-Event-ID must be <log_id>:<seq> or <seq>');
}
