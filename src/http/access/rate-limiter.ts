import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { Settings } from '../../config/settings.js';
import { ClientAddress } from './client-address.js';
import { TooManyRequestsError } from '../problems/index.js';
import { RequestWindow } from './request-window.js';

/** Most recent addresses; their windows take about 25 MB. */
const MOST_ADDRESSES = 65_536;
/** Probes that must respond, whatever another client of the same address does. */
const PROBES = ['/health/live', '/health/ready'];

/**
 * Limits requests per client address and minute (RATE_LIMIT_PER_MINUTE). It counts all requests when they are read,
 * handshakes, and malformed HTTP.
 */
@Injectable()
export class RateLimiter {
  // With `max` it would allocate the places of all addresses at the start, which takes 5 ms.
  private readonly windows = new LRUCache<string, RequestWindow>({
    maxSize: MOST_ADDRESSES,
    sizeCalculation: () => 1,
  });
  private readonly uncounted = new Set<string>(PROBES);
  private readonly refusals = new WeakMap<IncomingMessage, TooManyRequestsError>();
  private readonly most: number;

  constructor(
    { RATE_LIMIT_PER_MINUTE }: Settings,
    private readonly addresses: ClientAddress,
  ) {
    this.most = RATE_LIMIT_PER_MINUTE;
  }

  /** Exempts a file of a page: a browser requests many at once. */
  exempt(path: string): void {
    this.uncounted.add(path);
  }

  /** Counts a request; returns an error if it exceeds the limit. */
  count(request: IncomingMessage): TooManyRequestsError | undefined {
    const { method, url = '' } = request;
    const isRead = method === 'GET' || method === 'HEAD';
    if (this.most === 0 || (isRead && this.uncounted.has(url))) return undefined;
    const refusal = this.take(this.addresses.bucketOf(request));
    if (refusal) this.refusals.set(request, refusal);
    return refusal;
  }

  /** Counts a malformed request, which has only a connection. */
  countBroken(remoteAddress: string): TooManyRequestsError | undefined {
    return this.most === 0 ? undefined : this.take(this.addresses.bucket(remoteAddress));
  }

  /** Error of a counted request that exceeds the limit. */
  refusalOf(request: IncomingMessage): TooManyRequestsError | undefined {
    return this.refusals.get(request);
  }

  /** Middleware for preflights, which CORS answers before `admission`. */
  readonly rejectPreflight = (request: Request, _: Response, next: NextFunction): void => {
    next(request.method === 'OPTIONS' ? this.refusalOf(request) : undefined);
  };

  private take(address: string): TooManyRequestsError | undefined {
    let window = this.windows.get(address);
    if (!window) this.windows.set(address, (window = new RequestWindow()));
    const second = Math.floor(performance.now() / 1_000);
    const wait = window.countRequest(second, this.most);
    return wait === 0 ? undefined : new TooManyRequestsError(wait);
  }
}
