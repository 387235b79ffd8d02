import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger } from '@nestjs/common';
import type { Scope } from '../../config/api-key.js';
import { commandLine } from '../../config/command-line.js';
import { ApiKeys } from './api-keys.js';
import { ForeignHostError, KeyError, ReadOnlyError, ScopeError } from '../problems/index.js';
import { isLoopbackAddress, isLoopbackHost } from './loopback.js';

/** Headers by which a proxy tells that the request is somebody else's. */
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip|via)$/;
const BEARER = /^Bearer +([^\s]+) *$/i;

/**
 * Who may write: the holder of a key with the scope. Where no key is set, this machine alone, by an
 * address and a name that lead to nobody else's; on any other address the service is read-only.
 */
@Injectable()
export class WriteAccess {
  private readonly logger = new Logger(WriteAccess.name);
  private isOnLoopback = false;

  constructor(private readonly keys: ApiKeys) {}

  /** Learns where the server listens, once it does: while it closes it has no address any more. */
  watch(server: Server): void {
    server.once('listening', () => this.look(server.address() as AddressInfo));
  }

  /**
   * The name of the key that the request shows; null where none is needed.
   *
   * @throws KeyError, ScopeError, ReadOnlyError, ForeignHostError
   */
  callerFor(scope: Scope, { headers }: Pick<IncomingMessage, 'headers'>): string | null {
    if (this.keys.isEmpty) {
      if (!this.isOnLoopback) throw new ReadOnlyError();
      const isLocal =
        isLoopbackHost(headers.host) && !Object.keys(headers).some((name) => FORWARDED.test(name));
      if (!isLocal) throw new ForeignHostError();
      return null;
    }
    const key = headers['x-api-key'] ?? BEARER.exec(headers.authorization ?? '')?.[1];
    if (typeof key !== 'string' || key === '') throw KeyError.missing();
    const holder = this.keys.holderOf(key);
    if (!holder) throw KeyError.unknown();
    if (!holder.scopes.has(scope)) throw new ScopeError(holder.name, scope);
    return holder.name;
  }

  private look({ address }: AddressInfo): void {
    this.isOnLoopback = isLoopbackAddress(address);
    if (this.isOnLoopback || !this.keys.isEmpty) return;
    this.logger.warn(
      `Read-only: no API_KEYS are set, and ${address} may be reached by others; "${commandLine('keys:create --name me --scope write')}" makes one`,
    );
  }
}
