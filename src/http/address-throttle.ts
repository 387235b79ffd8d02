import type { ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  getOptionsToken,
  getStorageToken,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { Request } from 'express';
import { ClientAddress } from './client-address.js';
import { TooManyRequestsError } from './http.errors.js';

/** Bounds what one client address may ask in a minute (RATE_LIMIT_PER_MINUTE), over all routes together. */
@Injectable()
export class AddressThrottle extends ThrottlerGuard {
  constructor(
    @Inject(getOptionsToken()) options: ThrottlerModuleOptions,
    @Inject(getStorageToken()) storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly addresses: ClientAddress,
  ) {
    super(options, storage, reflector);
  }

  /** Frames of a socket have a budget of their own (gateway/message-budget.ts). */
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(context.getType() !== 'http');
  }

  protected override getTracker(request: Request): Promise<string> {
    return Promise.resolve(this.addresses.bucketOf(request));
  }

  /** Unlike the library's, one count for all routes. */
  protected override generateKey(_: ExecutionContext, address: string): string {
    return address;
  }

  protected override throwThrottlingException(
    _: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new TooManyRequestsError(Math.max(1, timeToBlockExpire));
  }
}
