import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import { isEndless } from './in-flight.js';

const NOWHERE = { registers: [] };
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A request that has been answered, or whose client has gone. */
export interface AnsweredRequest {
  method: string;
  /** A template, see routeOf. */
  route: string;
  /** Null: the answer was cut off. */
  status: number | null;
  seconds: number;
}

/** What the server counts of its requests; health/ shows it. Labels are routes and words of ours, never a client's. */
@Injectable()
export class HttpMetrics {
  private readonly open = new Set<ServerResponse>();
  private readonly durations = new Histogram({
    name: 'kurs_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer, by route and status; cut_off: the answer did not end',
    labelNames: ['method', 'route', 'code'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    ...NOWHERE,
  });
  private readonly inFlight = new Gauge({
    name: 'kurs_http_requests_in_flight',
    help: 'Requests that are being answered; event streams are in kurs_live_connections',
    ...NOWHERE,
  });
  private readonly brokenRequests = new Counter({
    name: 'kurs_http_broken_requests_total',
    help: 'What came and could not be read as a request, by the code of the problem',
    labelNames: ['code'],
    ...NOWHERE,
  });

  get all(): Metric[] {
    return [this.durations, this.inFlight, this.brokenRequests];
  }

  /** Counts what is under way. */
  refresh(): void {
    let count = 0;
    for (const response of this.open) if (!isEndless(response)) count += 1;
    this.inFlight.set(count);
  }

  began(response: ServerResponse): void {
    this.open.add(response);
  }

  /** A stream without an end has a duration that says nothing. */
  ended(response: ServerResponse, answered: AnsweredRequest): void {
    this.open.delete(response);
    if (!isEndless(response)) this.answered(answered);
  }

  answered({ method, route, status, seconds }: AnsweredRequest): void {
    const labels = {
      method: METHODS.has(method) ? method : 'other',
      route,
      code: status === null ? 'cut_off' : String(status),
    };
    this.durations.observe(labels, seconds);
  }

  broken(code: string): void {
    this.brokenRequests.inc({ code });
  }
}
