import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { UnknownAddressError } from '../http/problems/index.js';
import { queryOf, readQuery, StrictValidation } from '../http/requests/index.js';
import { pathOf } from '../http/telemetry/index.js';
import { ConnectionLimiter } from './connection-limiter.js';
import { LiveQuery } from './live-query.dto.js';

const NOTHING_WANTED = new LiveQuery();

/** As Express matches its routes: in either case, with or without a slash at the end. */
export function isAddressOf(path: string, address: string): boolean {
  return address.toLowerCase().replace(/\/$/, '') === path;
}

/** Accepts or rejects a handshake before the upgrade. */
@Injectable()
export class Handshakes {
  private readonly validation = new StrictValidation();
  private readonly wanted = new WeakMap<IncomingMessage, LiveQuery>();

  constructor(private readonly connections: ConnectionLimiter) {}

  /**
   * Accepts a request for `path`; its connection is counted until it closes.
   *
   * @throws UnknownAddressError, MalformedRequestError, InvalidRequestError, and the error of the connection limiter
   */
  async admit(request: IncomingMessage, path: string): Promise<void> {
    const address = pathOf(request);
    const query = queryOf(request);
    if (!isAddressOf(path, address)) throw new UnknownAddressError(address);
    if (query !== '') this.wanted.set(request, await this.read(query));
    const leave = this.connections.enter(request);
    request.socket.once('close', leave);
  }

  /** Query of an accepted handshake. */
  wantedBy(request: IncomingMessage): LiveQuery {
    return this.wanted.get(request) ?? NOTHING_WANTED;
  }

  private async read(query: string): Promise<LiveQuery> {
    const checked: unknown = await this.validation.transform(
      { ...readQuery(query) },
      { type: 'query', metatype: LiveQuery },
    );
    return checked as LiveQuery;
  }
}
