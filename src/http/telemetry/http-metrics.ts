import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import { InFlight, isEndless } from './in-flight.js';

const NOWHERE = { registers: [] };
/** A client may send any word as a method. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A request that was answered, or whose client disconnected. */
export interface AnsweredRequest {
  method: string;
  /** A template, see routeOf. */
  route: string;
  /** null: the answer was cut off. */
  status: number | null;
  seconds: number;
}

/** Request metrics; health/ exposes them. Labels are routes and constants, never text from a client. */
@Injectable()
export class HttpMetrics {
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

  constructor(private readonly requests: InFlight) {}

  get all(): Metric[] {
    return [this.durations, this.inFlight, this.brokenRequests];
  }

  /** Sets the gauge of in-flight requests. */
  refresh(): void {
    this.inFlight.set(this.requests.ending.length);
  }

  /** The duration of an endless stream is meaningless. */
  ended(response: ServerResponse, answered: AnsweredRequest): void {
    if (!isEndless(response)) this.answered(answered);
  }

  answered({ method, route, status, seconds }: AnsweredRequest): void {
    const labels = { method: METHODS.has(method) ? method : 'other', route };
    this.durations.observe({ ...labels, code: status ?? 'cut_off' }, seconds);
  }

  broken(code: string): void {
    this.brokenRequests.inc({ code });
  }
}
