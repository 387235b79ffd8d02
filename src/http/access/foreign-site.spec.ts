import type { IncomingHttpHeaders } from 'node:http';
import { foreignHand, isOwnOrigin, strayNavigation } from './foreign-site.js';

const host = 'kurs.example';
const SAFARI_15 = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/15.6 Safari/605.1.15';

describe('the origin of a page', () => {
  it.each<[string, string, IncomingHttpHeaders?]>([
    ['https://kurs.example', 'kurs.example'],
    ['https://kurs.example', 'kurs.example:443'],
    ['https://kurs.example', 'KURS.example'],
    ['http://kurs.example', 'kurs.example:80'],
    ['http://kurs.example:3000', 'kurs.example:3000'],
    ['http://[::1]:3000', '[::1]:3000'],
    ['https://kurs.example', 'kurs.example', { 'x-forwarded-proto': 'https' }],
    ['https://kurs.example', 'kurs.example:443', { 'x-forwarded-proto': 'wss' }],
    // An inner proxy without TLS may have overwritten the header of the outer one.
    ['https://kurs.example', 'kurs.example', { 'x-forwarded-proto': 'http' }],
  ])('is our own: %s for the host %s', (origin, asked, more = {}) => {
    expect(isOwnOrigin({ origin, host: asked, ...more })).toBe(true);
  });

  it.each<[string, string | undefined, IncomingHttpHeaders?]>([
    ['https://evil.example', 'kurs.example'],
    ['https://kurs.example:8443', 'kurs.example'],
    ['https://kurs.example', 'kurs.example:80'],
    ['http://kurs.example', 'kurs.example:443'],
    ['http://kurs.example', 'kurs.example:3000'],
    ['http://kurs.example', 'kurs.example', { 'x-forwarded-proto': 'https' }],
    ['http://kurs.example', 'kurs.example', { 'x-forwarded-proto': 'https, http' }],
    ['null', 'kurs.example'],
    ['null', 'null'],
    ['https://kurs.example', ''],
    ['https://kurs.example', 'a b'],
    ['https://kurs.example', undefined],
  ])('is foreign: %s for the host %s', (origin, asked, more = {}) => {
    expect(isOwnOrigin({ origin, ...(asked !== undefined && { host: asked }), ...more })).toBe(
      false,
    );
  });

  it('is sent only by pages', () => {
    expect(isOwnOrigin({ host })).toBe(true);
  });
});

describe('a write request', () => {
  it.each<[IncomingHttpHeaders]>([
    [{}],
    [{ origin: 'https://kurs.example' }],
    [{ referer: 'https://kurs.example/docs' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://kurs.example' }],
    [{ 'sec-fetch-site': 'none' }],
    // The browser's header is more reliable than the origin, which a proxy may have changed.
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://behind.example' }],
  ])('is allowed with %o', (headers) => {
    expect(foreignHand({ host, ...headers })).toBeUndefined();
  });

  it.each<[IncomingHttpHeaders]>([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'anything' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'null', referer: 'https://kurs.example/' }],
    [{ referer: 'https://evil.example/kurs.example' }],
    [{ 'sec-purpose': 'prefetch;prerender' }],
    [{ purpose: 'prefetch' }],
    [{ 'x-moz': 'prefetch' }],
  ])('is rejected with %o', (headers) => {
    expect(foreignHand({ host, ...headers })).toBeDefined();
  });
});

describe('a write by GET', () => {
  it.each<[string, IncomingHttpHeaders]>([
    ['curl', { 'user-agent': 'curl/8.5.0', accept: '*/*' }],
    ['Node', { 'user-agent': 'node', 'sec-fetch-mode': 'cors', accept: '*/*' }],
    ['PowerShell', { 'user-agent': 'Mozilla/5.0 (Windows NT; ru-RU) WindowsPowerShell/5.1.22' }],
    ['no headers', {}],
    ['our page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
    ['a link of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }],
    [
      'an old browser on our page',
      { 'user-agent': SAFARI_15, referer: 'http://kurs.example/docs' },
    ],
    ['an old browser’s script', { 'user-agent': SAFARI_15, origin: 'https://kurs.example' }],
  ])('is accepted from %s', (_, headers) => {
    expect(strayNavigation({ host, ...headers })).toBeUndefined();
  });

  it.each<[string, IncomingHttpHeaders]>([
    ['the address bar, or a page that redirects', { 'sec-fetch-site': 'none' }],
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
    ['a navigation of unknown origin', { 'sec-fetch-mode': 'navigate', 'user-agent': 'x' }],
    ['an old browser', { 'user-agent': SAFARI_15 }],
    ['an old browser that hides its name', { 'user-agent': '', 'upgrade-insecure-requests': '1' }],
    ['a client that accepts HTML', { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }],
    [
      'an old browser on another page',
      { 'user-agent': SAFARI_15, referer: 'http://evil.example/' },
    ],
    ['an old browser on another port', { referer: 'http://kurs.example:8080/' }],
    ['a page with an opaque origin', { 'user-agent': SAFARI_15, origin: 'null' }],
  ])('is rejected from %s', (_, headers) => {
    expect(strayNavigation({ host, ...headers })).toBeDefined();
  });
});
