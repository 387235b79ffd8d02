import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf, retryAfterSeconds } from './problem.js';
import type { Problem } from './problem.dto.js';

/** Answers a connection that has no request of Node's with a problem document, and closes it. `request` is for the log. */
export function answerProblem(socket: Duplex, failure: unknown, request: string): Problem {
  const problem = problemOf(failure, request);
  const body = Buffer.from(JSON.stringify(problem));
  const wait = retryAfterSeconds(failure, problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'Connection: close',
    ...(wait === undefined ? [] : [`Retry-After: ${wait}`]),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  return problem;
}
