import type { IncomingMessage } from 'node:http';
import { Settings } from '../../config/settings.js';
import { ClientAddress } from './client-address.js';

function request(peer: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
}

function behind(TRUST_PROXY: string): ClientAddress {
  return new ClientAddress(Object.assign(new Settings(), { TRUST_PROXY }));
}

describe('the address of a client', () => {
  it.each([
    ['', '10.0.0.1', undefined, '10.0.0.1'],
    ['', '10.0.0.1', '1.1.1.1', '10.0.0.1'],
    ['10.0.0.0/8', '10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['10.0.0.0/8', '10.0.0.1', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    ['10.0.0.0/8', '10.0.0.1', '6.6.6.6, 1.1.1.1, 10.2.0.1', '1.1.1.1'],
    ['10.0.0.0/8', '192.168.0.1', '1.1.1.1', '192.168.0.1'],
    ['loopback', '::ffff:127.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['loopback, uniquelocal', '127.0.0.1', '1.1.1.1, 172.16.0.9', '1.1.1.1'],
    ['loopback', '127.0.0.1', 'sesame', '127.0.0.1'],
    ['loopback, uniquelocal', '127.0.0.1', '1.1.1.1:4711, 172.16.0.9:80', '1.1.1.1'],
    ['loopback', '127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['loopback', '127.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['loopback', '127.0.0.1', '2001:db8::1', '2001:db8::1'],
    ['loopback', '127.0.0.1', '1.1.1.1:', '127.0.0.1'],
    ['loopback', '127.0.0.1', undefined, '127.0.0.1'],
  ])('behind "%s" from %s with X-Forwarded-For %s is %s', (proxies, peer, forwarded, expected) => {
    expect(behind(proxies).of(request(peer, forwarded))).toBe(expected);
  });

  it('is grouped by IPv6 network, and equal for both spellings of IPv4', () => {
    const anyone = behind('');
    expect(anyone.bucketOf(request('2001:db8::1'))).toBe(anyone.bucketOf(request('2001:db8::2')));
    expect(anyone.bucketOf(request('2001:db8::1'))).not.toBe(
      anyone.bucketOf(request('2001:db8:1::1')),
    );
    expect(anyone.bucketOf(request('::ffff:10.0.0.1'))).toBe(anyone.bucketOf(request('10.0.0.1')));
    for (const same of ['::ffff:a00:1', '0:0:0:0:0:FFFF:10.0.0.1']) {
      expect(anyone.bucketOf(request(same))).toBe('10.0.0.1');
    }
    expect(anyone.bucketOf(request('2001:DB8:0::1'))).toBe(
      anyone.bucketOf(request('2001:db8::ffff:1%eth0')),
    );
    expect(anyone.bucketOf(request('::1'))).not.toBe(anyone.bucketOf(request('1::1')));
    expect(anyone.bucketOf(request('fe80::1:2:3:4'))).toBe('fe80:0:0:0');
    expect(anyone.bucketOf(request(''))).toBe('');
    expect(anyone.bucketOf(request('10.0.0.1'))).not.toBe(anyone.bucketOf(request('10.0.0.2')));
  });
});
