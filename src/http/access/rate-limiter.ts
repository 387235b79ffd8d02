import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { Settings } from '../../config/settings.js';
import { ClientAddress } from './client-address.js';
import { TooManyRequestsError } from '../problems/index.js';
import { RequestWindow } from './request-window.js';

/** The addresses that were seen last: about 25 MB of windows. */
const MOST_ADDRESSES = 65_536;
/** Addresses that must answer, however greedy another client of the same address is. */
const PROBES = ['/health/live', '/health/ready'];

/**
 * Bounds what one client address may ask in a minute (RATE_LIMIT_PER_MINUTE), over everything that comes:
 * requests when they are read, whatever they are for, handshakes, and what is no HTTP.
 */
@Injectable()
export class RateLimiter {
  private readonly windows = new LRUCache<string, RequestWindow>({ max: MOST_ADDRESSES });
  private readonly uncounted = new Set<string>(PROBES);
  private readonly refusals = new WeakMap<IncomingMessage, TooManyRequestsError>();
  private readonly most: number;

  constructor(
    { RATE_LIMIT_PER_MINUTE }: Settings,
    private readonly addresses: ClientAddress,
  ) {
    this.most = RATE_LIMIT_PER_MINUTE;
  }

  /** Leaves a file of a page uncounted: a browser asks for many at once. */
  exempt(path: string): void {
    this.uncounted.add(path);
  }

  /** Counts a request that has been read; the error that it gets when it is one too many. */
  count(request: IncomingMessage): TooManyRequestsError | undefined {
    const { method, url = '' } = request;
    const isRead = method === 'GET' || method === 'HEAD';
    if (this.most === 0 || (isRead && this.uncounted.has(url))) return undefined;
    const refusal = this.take(this.addresses.bucketOf(request));
    if (refusal) this.refusals.set(request, refusal);
    return refusal;
  }

  /** Counts what could not be read as a request, and has no more than a connection. */
  countBroken(remoteAddress: string): TooManyRequestsError | undefined {
    return this.most === 0 ? undefined : this.take(this.addresses.bucket(remoteAddress));
  }

  /** The error of a request that exceeds the limit, once it is counted. */
  refusalOf(request: IncomingMessage): TooManyRequestsError | undefined {
    return this.refusals.get(request);
  }

  /** Middleware for preflights, which CORS answers before `admission`. */
  readonly refusePreflight = (request: Request, _: Response, next: NextFunction): void => {
    next(request.method === 'OPTIONS' ? this.refusalOf(request) : undefined);
  };

  private take(address: string): TooManyRequestsError | undefined {
    let window = this.windows.get(address);
    if (!window) this.windows.set(address, (window = new RequestWindow()));
    const second = Math.floor(performance.now() / 1_000);
    const wait = window.take(second, this.most);
    return wait === 0 ? undefined : new TooManyRequestsError(wait);
  }
}
