import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { KursError } from '../../common/kurs.error.js';
import { LONGEST_ADDRESS, type RateLimiter } from '../access/index.js';
import { answerProblem } from './bare-answer.js';
import { AddressTooLongError, BrokenRequestError } from '../problems/index.js';
import { newRequestId, type RequestWatch } from '../telemetry/index.js';
import type { ServerAdapter } from './server-adapter.js';

/** Error of Node's HTTP parser. */
interface ParserError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Responds to malformed HTTP with a problem document, and closes the connection. Writes nothing while an earlier
 * request of the connection is being answered: the text would end up inside that answer, or be taken for it.
 */
export function rejectBrokenRequests(
  { adapter, server }: { adapter: ServerAdapter; server: Server },
  watch: RequestWatch,
  limiter: RateLimiter,
): void {
  server.on('clientError', (error: ParserError, socket) => {
    if (error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { bytesRead, remoteAddress = '' } = socket as Socket;
    // A connection opened in advance and never used is not a request.
    const refusal = bytesRead === 0 ? undefined : limiter.countBroken(remoteAddress);
    const present = adapter.carriedBy(socket);
    const mayAnswer = !present || (!present.headersSent && !present.req.complete);
    if (!socket.writable || !mayAnswer) {
      socket.destroy();
      return;
    }
    const request = { line: 'Malformed request', id: newRequestId() };
    watch.broken(socket, answerProblem(socket, refusal ?? failureOf(error), request));
  });
}

function failureOf({ code, rawPacket }: ParserError): KursError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new BrokenRequestError(
        'http.request_timeout',
        'The request did not arrive in time',
        408,
      );
    case 'HPE_HEADER_OVERFLOW': {
      const end = rawPacket?.indexOf('\n') ?? -1;
      const isAddress = end === -1 || end > LONGEST_ADDRESS;
      if (isAddress) return new AddressTooLongError(LONGEST_ADDRESS);
      return new BrokenRequestError(
        'http.headers_too_large',
        'The headers are larger than 16 KiB',
        431,
      );
    }
    default:
      return new BrokenRequestError('http.broken_request', 'This is not an HTTP request');
  }
}
