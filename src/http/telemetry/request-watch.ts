import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { HttpMetrics } from './http-metrics.js';
import type { Problem } from '../problems/index.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import type { AnsweredRequest } from './request-durations.js';
import { RequestLog } from './request-log.js';
import { routeOf } from './request-route.js';

/** How a request ended. */
interface Answered {
  /** Null: its answer was cut off. */
  status: number | null;
  /** By `performance.now()`. */
  began: number;
  /** The template of its route, where that is known already. */
  route?: string;
}

/** Names, counts and logs every request, by whatever it is answered: it knows Node's server alone. */
@Injectable()
export class RequestWatch {
  /** Of a connection, what its answers so far have taken. */
  private readonly countedBytes = new WeakMap<Duplex, number>();

  constructor(
    private readonly metrics: HttpMetrics,
    private readonly log: RequestLog,
  ) {}

  /** Before anybody answers the request. */
  follow(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    // Before Express writes others into the request.
    const { method = '' } = request;
    const path = pathOf(request);
    keepAddress(request.socket);
    response.setHeader(REQUEST_ID_HEADER, requestIdOf(request));
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : null;
      const answer = answerTo(request, method, path, { status, began });
      this.metrics.ended(response, answer);
      this.tell(request, answer, path);
    });
  }

  /** A request that is answered by now: its connection has left HTTP, or its answer was ready. */
  answered(request: IncomingMessage, { status, began, route }: Answered): void {
    const path = pathOf(request);
    const answer = answerTo(request, request.method ?? '', path, { status, began, route });
    this.metrics.answered(answer);
    this.tell(request, answer, path);
  }

  /** What could not be read as a request was answered with a problem. */
  broken(socket: Duplex, problem: Problem): void {
    this.metrics.broken(problem.code);
    const { remoteAddress } = socket as { remoteAddress?: string };
    this.log.broken(problem, remoteAddress ?? '');
  }

  private tell(request: IncomingMessage, answer: AnsweredRequest, path: string): void {
    if (!this.log.tellsOf(request)) return;
    this.log.answered(request, { ...answer, path, bytes: this.bytesOf(request) });
  }

  /**
   * Answers leave a connection in the order of their requests, so what it has carried since the last one is
   * this one's, where all of them are told of: lines for people, which are of writes alone, do not show it.
   */
  private bytesOf({ socket }: IncomingMessage): number {
    const { bytesWritten } = socket;
    const before = this.countedBytes.get(socket) ?? 0;
    this.countedBytes.set(socket, bytesWritten);
    return bytesWritten - before;
  }
}

/** A connection that was once asked where it comes from still knows it when the client is gone. */
function keepAddress({ remoteAddress }: Socket): string | undefined {
  return remoteAddress;
}

/** The path of a request, as its client wrote it, without the query. */
export function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

function answerTo(
  request: IncomingMessage,
  method: string,
  path: string,
  { status, began, route }: Answered,
): AnsweredRequest {
  const seconds = (performance.now() - began) / 1_000;
  return { method, route: route ?? routeOf(request, path), status, seconds };
}
