import { type ArgumentsHost, Catch, type WsExceptionFilter } from '@nestjs/common';
import type { WebSocket } from 'ws';
import { errorMessage } from './error-message.js';

/** Answers a failed message with an error frame; the connection stays open. */
@Catch()
export class SocketProblemFilter implements WsExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    host.switchToWs().getClient<WebSocket>().send(errorMessage(thrown));
  }
}
