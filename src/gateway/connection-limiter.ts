import type { IncomingMessage } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { ClientAddress, isOwnOrigin } from '../http/access/index.js';
import {
  ForeignOriginError,
  FullError,
  StoppingError,
  TooManyFromAddressError,
} from './gateway.errors.js';

/** Limits connections of live delivery, in total and for each address, over sockets and streams. */
@Injectable()
export class ConnectionLimiter implements BeforeApplicationShutdown {
  private readonly perAddress = new Map<string, number>();
  private count = 0;
  private isClosed = false;

  constructor(
    private readonly settings: Settings,
    private readonly addresses: ClientAddress,
  ) {}

  beforeApplicationShutdown(): void {
    this.isClosed = true;
  }

  /**
   * Counts a connection in; the returned function counts it out.
   *
   * @throws ForeignOriginError, StoppingError, FullError, TooManyFromAddressError
   */
  enter(request: IncomingMessage): () => void {
    const { ALLOWED_ORIGINS, WS_MAX_CONNECTIONS, WS_MAX_PER_ADDRESS } = this.settings;
    if (!isAllowedOrigin(request, ALLOWED_ORIGINS)) throw new ForeignOriginError();
    if (this.isClosed) throw new StoppingError();
    if (this.count >= WS_MAX_CONNECTIONS) throw new FullError();
    const address = this.addresses.bucketOf(request);
    const ofAddress = this.perAddress.get(address) ?? 0;
    if (WS_MAX_PER_ADDRESS > 0 && ofAddress >= WS_MAX_PER_ADDRESS) {
      throw new TooManyFromAddressError();
    }
    this.count += 1;
    this.perAddress.set(address, ofAddress + 1);
    return () => this.leave(address);
  }

  private leave(address: string): void {
    this.count -= 1;
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.perAddress.set(address, left);
    else this.perAddress.delete(address);
  }
}

/** Programs send no Origin; pages must be of this service or of an allowed origin. */
function isAllowedOrigin({ headers }: Pick<IncomingMessage, 'headers'>, allowed: string): boolean {
  if (isOwnOrigin(headers) || allowed === '*') return true;
  return allowed.split(',').includes(headers.origin ?? '');
}
