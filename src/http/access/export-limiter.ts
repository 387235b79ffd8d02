import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Settings } from '../../config/settings.js';
import { ClientAddress } from './client-address.js';
import { cutOffSlowReader } from './export-pace.js';
import { TooManyExportsError, TooManyExportsFromAddressError } from '../problems/index.js';
import { LongAnswer } from '../answers/index.js';

/**
 * Limits concurrent long answers in total (MAX_EXPORTS) and per address (MAX_EXPORTS_PER_ADDRESS), and the lowest
 * speed of reading one (EXPORT_BYTES_PER_SECOND).
 */
@Injectable()
export class ExportLimiter {
  private readonly perAddress = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly settings: Settings,
    private readonly addresses: ClientAddress,
  ) {}

  /** Reserves a slot for a long answer, or destroys the answer. @throws what `enter` throws */
  admit(answer: unknown, response: Response): void {
    if (!(answer instanceof LongAnswer)) return;
    try {
      this.enter(response);
    } catch (refusal) {
      answer.getStream().destroy();
      throw refusal;
    }
  }

  /**
   * Reserves a slot until the response is closed.
   *
   * @throws TooManyExportsFromAddressError, TooManyExportsError
   */
  enter(response: Response): void {
    const { MAX_EXPORTS, MAX_EXPORTS_PER_ADDRESS } = this.settings;
    const address = this.addresses.bucketOf(response.req);
    const ofAddress = this.perAddress.get(address) ?? 0;
    const isAddressFull = MAX_EXPORTS_PER_ADDRESS > 0 && ofAddress >= MAX_EXPORTS_PER_ADDRESS;
    if (isAddressFull) throw new TooManyExportsFromAddressError();
    if (this.count >= MAX_EXPORTS) throw new TooManyExportsError();
    // Already closed: the slot would never be released.
    if (response.destroyed) return;
    this.count += 1;
    this.perAddress.set(address, ofAddress + 1);
    response.once('close', () => this.leave(address));
    cutOffSlowReader(response, this.settings);
  }

  private leave(address: string): void {
    this.count -= 1;
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.perAddress.set(address, left);
    else this.perAddress.delete(address);
  }
}
