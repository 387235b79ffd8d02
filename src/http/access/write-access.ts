import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger } from '@nestjs/common';
import type { Scope } from '../../config/api-key.js';
import { commandLine } from '../../config/command-line.js';
import { ApiKeys } from './api-keys.js';
import { ForeignHostError, KeyError, ReadOnlyError, ScopeError } from '../problems/index.js';
import { isLoopbackAddress, isLoopbackHost } from './loopback.js';

/** Headers that show that a proxy forwarded the request. */
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip|via)$/;
const BEARER = /^Bearer +([^\s]+) *$/i;

/**
 * Authorizes writes: by a key with the scope. Without any key, only this machine may write, through a loopback
 * address and a local host name; on any other address the service is read-only.
 */
@Injectable()
export class WriteAccess {
  private readonly logger = new Logger(WriteAccess.name);
  private isOnLoopback = false;

  constructor(private readonly keys: ApiKeys) {}

  /** Reads the address when the server starts to listen: a closing server has none. */
  watch(server: Server): void {
    server.once('listening', () => this.look(server.address() as AddressInfo));
  }

  /**
   * Name of the request's key; null if none is needed.
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
      `Read-only: API_KEYS is not set, and other machines may reach ${address}; "${commandLine('keys:create --name me --scope write')}" creates a key`,
    );
  }
}
