import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import proxyAddr from 'proxy-addr';
import { proxiesIn } from '../../config/setting-rules.js';
import { Settings } from '../../config/settings.js';

/** Some proxies append the port as well; an address of IPv6 stands in brackets then (RFC 7239, 6). */
const WITH_PORT = /^(?:\[(?<v6>.+)\]|(?<v4>[\d.]+))(?::\d+)?$/;

/** Tells clients apart by their addresses. */
@Injectable()
export class ClientAddress {
  private readonly isTrusted: ReturnType<typeof proxyAddr.compile>;

  constructor({ TRUST_PROXY }: Settings) {
    const isTrusted = proxyAddr.compile(proxiesIn(TRUST_PROXY));
    this.isTrusted = (address, hops) => isTrusted(withoutPort(address), hops);
  }

  /**
   * The address that a request comes from: of the connection, or, where that is a trusted proxy's, the
   * last one in `X-Forwarded-For` that is not. What a client wrote there itself stands before it, and is
   * never looked at.
   */
  of(request: IncomingMessage): string {
    const address = withoutPort(proxyAddr(request, this.isTrusted));
    return isIP(address) === 0 ? (request.socket.remoteAddress ?? '') : address;
  }

  /** The same for counting: of IPv6 the network (/64), for whoever has one address there has them all. */
  bucketOf(request: IncomingMessage): string {
    return this.bucket(this.of(request));
  }

  /** The same of an address itself. */
  bucket(address: string): string {
    return networkOf(address);
  }
}

/** Groups of 16 bits that name a network of IPv6. */
const NETWORK_GROUPS = 4;
const MAPPED_IPV4 = /^0:0:0:0:0:ffff:([\da-f]+):([\da-f]+)$/;

function networkOf(address: string): string {
  const [bare = ''] = address.split('%', 1);
  const version = isIP(bare);
  if (version !== 6) return version === 4 ? bare : address;
  const groups = groupsOf(bare);
  const mapped = MAPPED_IPV4.exec(groups.join(':'));
  if (!mapped) return groups.slice(0, NETWORK_GROUPS).join(':');
  const halves = mapped.slice(1).map((half) => Number.parseInt(half, 16));
  return halves.flatMap((half) => [half >> 8, half & 0xff]).join('.');
}

/** The eight groups of an IPv6 address, each in its shortest spelling. */
function groupsOf(address: string): string[] {
  const [left = '', right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [left, right ?? ''].map((half) => half.split(':').filter(Boolean));
  const [head = [], tail = []] = [before, after];
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
}

function withoutPort(address: string): string {
  const { v6, v4 } = WITH_PORT.exec(address)?.groups ?? {};
  return v6 ?? v4 ?? address;
}
