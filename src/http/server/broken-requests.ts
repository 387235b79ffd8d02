import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { KursError } from '../../common/kurs.error.js';
import { LONGEST_ADDRESS, type RateLimiter } from '../access/index.js';
import { answerProblem } from './bare-answer.js';
import { AddressTooLongError, BrokenRequestError } from '../problems/index.js';
import { newRequestId, type RequestWatch } from '../telemetry/index.js';
import type { ServerAdapter } from './server-adapter.js';

/** What Node's parser could not make a request of. */
interface ParserError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Answers what is no HTTP with a problem document, and closes. Where an answer to an earlier request
 * of the same connection is under way nothing is written: it would end up in the middle of that, or
 * pass for it.
 */
export function refuseBrokenRequests(
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
    // One that was opened in advance, and never used, is no request.
    const refusal = bytesRead === 0 ? undefined : limiter.countBroken(remoteAddress);
    const present = adapter.carriedBy(socket);
    const mayAnswer = !present || (!present.headersSent && !present.req.complete);
    if (!socket.writable || !mayAnswer) {
      socket.destroy();
      return;
    }
    const request = { line: 'A broken request', id: newRequestId() };
    watch.broken(socket, answerProblem(socket, refusal ?? failureOf(error), request));
  });
}

function failureOf({ code, rawPacket }: ParserError): KursError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new BrokenRequestError(
        'http.request_timeout',
        'The request did not come in time',
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
      return new BrokenRequestError('http.broken_request', 'This is no HTTP request');
  }
}
