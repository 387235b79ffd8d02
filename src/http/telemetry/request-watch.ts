import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { HttpMetrics } from './http-metrics.js';
import { InFlight } from './in-flight.js';
import type { Problem } from '../problems/index.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import type { AnsweredRequest } from './request-durations.js';
import { RequestLog } from './request-log.js';
import { routeOf } from './request-route.js';

/** Outcome of a request. */
interface Answered {
  /** null: the answer was cut off. */
  status: number | null;
  /** By `performance.now()`. */
  began: number;
  /** Template of its route, if already known. */
  route?: string;
}

/** Assigns an id to every request, counts and logs it. Works on Node's server, so no handler bypasses it. */
@Injectable()
export class RequestWatch {
  /** Bytes already counted, by connection. */
  private readonly countedBytes = new WeakMap<Duplex, number>();

  private readonly listeners: ((answer: AnsweredRequest) => void)[] = [];

  constructor(
    private readonly inFlight: InFlight,
    private readonly metrics: HttpMetrics,
    private readonly log: RequestLog,
    private readonly settings: Settings,
  ) {}

  /** Calls `listener` with every request that was answered or cut off. */
  onAnswered(listener: (answer: AnsweredRequest) => void): void {
    this.listeners.push(listener);
  }

  /** Call before the request is handled. */
  follow(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    this.inFlight.begin(response);
    // Before Express rewrites the request.
    const { method = '' } = request;
    const path = pathOf(request);
    keepAddress(request.socket);
    response.setHeader(REQUEST_ID_HEADER, requestIdOf(request));
    if (this.settings.DEMO === 1) response.setHeader('Kurs-Demo', '1');
    response.on('close', () => {
      this.inFlight.end(response);
      const status = response.writableFinished ? response.statusCode : null;
      const answer = answerTo(request, method, path, { status, began });
      this.metrics.ended(response, answer);
      this.tell(request, answer, path);
    });
  }

  /** For a request that was answered before: its connection has left HTTP, or the answer came from the cache. */
  answered(request: IncomingMessage, { status, began, route }: Answered): void {
    const path = pathOf(request);
    const answer = answerTo(request, request.method ?? '', path, { status, began, route });
    this.metrics.answered(answer);
    this.tell(request, answer, path);
  }

  /** For a malformed request that got a problem. */
  broken(socket: Duplex, problem: Problem): void {
    this.metrics.broken(problem.code);
    const { remoteAddress } = socket as { remoteAddress?: string };
    this.log.broken(problem, remoteAddress ?? '');
  }

  private tell(request: IncomingMessage, answer: AnsweredRequest, path: string): void {
    for (const listener of this.listeners) listener(answer);
    if (!this.log.isLogged(request)) return;
    this.log.answered(request, { ...answer, path, bytes: this.bytesOf(request) });
  }

  /**
   * Answers leave a connection in request order, so the bytes since the last one belong to this one. That is correct
   * only when every request is logged; the text format, which logs only writes, does not show it.
   */
  private bytesOf({ socket }: IncomingMessage): number {
    const { bytesWritten } = socket;
    const before = this.countedBytes.get(socket) ?? 0;
    this.countedBytes.set(socket, bytesWritten);
    return bytesWritten - before;
  }
}

/** A socket caches its address on the first access, and keeps it after the client has disconnected. */
function keepAddress({ remoteAddress }: Socket): string | undefined {
  return remoteAddress;
}

/** Path of a request as the client sent it, without the query. */
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
