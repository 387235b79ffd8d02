import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, type Metric } from 'prom-client';
import { InFlight, isEndless } from './in-flight.js';
import { type AnsweredRequest, RequestDurations } from './request-durations.js';

const NOWHERE = { registers: [] };

/** Request metrics; health/ exposes them. Labels are routes and constants, never text from a client. */
@Injectable()
export class HttpMetrics {
  private readonly durations = new RequestDurations();
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

  answered(answer: AnsweredRequest): void {
    this.durations.add(answer);
  }

  broken(code: string): void {
    this.brokenRequests.inc({ code });
  }
}
