import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Problem, problemOf, retryAfterSeconds } from '../problems/index.js';
import { REQUEST_ID_HEADER } from '../telemetry/index.js';

/** The request: a line for the log, and its id. */
interface Asked {
  line: string;
  id: string;
}

/** Sends a problem document on a connection without a Node request, and closes it. */
export function answerProblem(socket: Duplex, failure: unknown, { line, id }: Asked): Problem {
  const problem = problemOf(failure, line, id);
  const body = Buffer.from(JSON.stringify(problem));
  const wait = retryAfterSeconds(failure, problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    `${REQUEST_ID_HEADER}: ${id}`,
    'Connection: close',
    ...(wait === undefined ? [] : [`Retry-After: ${wait}`]),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  return problem;
}
