import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { normalizeIp } from '@nestjs/throttler';
import proxyAddr from 'proxy-addr';
import { proxiesIn } from '../config/setting-rules.js';
import { Settings } from '../config/settings.js';

/** Tells clients apart by their addresses. */
@Injectable()
export class ClientAddress {
  private readonly isTrusted: ReturnType<typeof proxyAddr.compile>;

  constructor({ TRUST_PROXY }: Settings) {
    this.isTrusted = proxyAddr.compile(proxiesIn(TRUST_PROXY));
  }

  /**
   * The address that a request comes from: of the connection, or, where that is a trusted proxy's, the
   * last one in `X-Forwarded-For` that is not. What a client wrote there itself stands before it, and is
   * never looked at.
   */
  of(request: IncomingMessage): string {
    const address = proxyAddr(request, this.isTrusted);
    return isIP(address) === 0 ? (request.socket.remoteAddress ?? '') : address;
  }

  /** The same for counting: of IPv6 the network (/64), for whoever has one address there has them all. */
  bucketOf(request: IncomingMessage): string {
    return normalizeIp(this.of(request));
  }
}
