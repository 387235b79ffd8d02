import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { KursError } from '../common/kurs.error.js';
import { LONGEST_ADDRESS } from './address-length.js';
import { answerProblem } from './bare-answer.js';
import { AddressTooLongError, BrokenRequestError } from './http.errors.js';

/** What Node's parser could not make a request of. */
interface ParserError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/**
 * Answers what is no HTTP with a problem document, and closes. Where an answer to an earlier request
 * of the same connection is under way nothing is written: it would end up in the middle of that.
 */
export function refuseBrokenRequests(server: Server): void {
  const answering = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, by: number) =>
    answering.set(socket, (answering.get(socket) ?? 0) + by);
  server.prependListener('request', ({ socket }, response: ServerResponse) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  server.on('clientError', (error: ParserError, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || (answering.get(socket) ?? 0) > 0) {
      socket.destroy();
      return;
    }
    answerProblem(socket, failureOf(error), 'A broken request');
  });
}

function failureOf({ code, rawPacket }: ParserError): KursError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new BrokenRequestError('http.request_timeout', 'The request did not come in time');
    case 'HPE_HEADER_OVERFLOW': {
      const end = rawPacket?.indexOf('\n') ?? -1;
      const isAddress = end === -1 || end > LONGEST_ADDRESS;
      if (isAddress) return new AddressTooLongError(LONGEST_ADDRESS);
      return new BrokenRequestError('http.headers_too_large', 'The headers are larger than 16 KiB');
    }
    default:
      return new BrokenRequestError('http.broken_request', 'This is no HTTP request');
  }
}
