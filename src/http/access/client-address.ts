import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import proxyAddr from 'proxy-addr';
import { proxiesIn } from '../../config/setting-rules.js';
import { Settings } from '../../config/settings.js';

/** Some proxies append the port, and put an IPv6 address in brackets (RFC 7239, 6). */
const WITH_PORT = /^(?:\[(?<v6>.+)\]|(?<v4>[\d.]+))(?::\d+)?$/;

/** Addresses that identify clients. */
@Injectable()
export class ClientAddress {
  private readonly isTrusted: ReturnType<typeof proxyAddr.compile>;

  constructor({ TRUST_PROXY }: Settings) {
    const isTrusted = proxyAddr.compile(proxiesIn(TRUST_PROXY));
    this.isTrusted = (address, hops) => isTrusted(withoutPort(address), hops);
  }

  /**
   * Address of the client: that of the connection or, if it is a trusted proxy's, the last entry of `X-Forwarded-For`
   * that is not. Entries from the client itself precede it and are ignored.
   */
  of(request: IncomingMessage): string {
    const address = withoutPort(proxyAddr(request, this.isTrusted));
    return isIP(address) === 0 ? (request.socket.remoteAddress ?? '') : address;
  }

  /** Address for rate limits: for IPv6 the /64 network, as a client usually has all of its addresses. */
  bucketOf(request: IncomingMessage): string {
    return this.bucket(this.of(request));
  }

  /** The same for a given address. */
  bucket(address: string): string {
    return networkOf(address);
  }
}

/** 16-bit groups of an IPv6 network. */
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

/** The eight groups of an IPv6 address, without leading zeros. */
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
