import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const sheets = [
  sheetXml('24.04.2026', [USD, EUR, JPY]),
  sheetXml('25.04.2026', [at(USD, '99,5000'), EUR, JPY]),
];
const clock = '2026-04-25T12:00:00+03:00';
const SHOP = 'https://shop.example';

describe('a frame for other sites', () => {
  const { kurs } = withKurs({
    ...{ sheets, clock, once: true },
    settings: { EMBED_ORIGINS: `${SHOP},https://blog.example:8443` },
  });
  const frame = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${kurs.url}/embed/${path}`, { headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('has the rates in its document, in the order of the address', async () => {
    const { status, headers, text } = await frame('JPY,USD');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<html lang="ru" data-theme="auto">');
    expect(text).toMatch(/JPY.*за 100.*USD.*99,5000 ₽.*Банк России, 25 апреля 2026/s);
    expect(text).not.toContain('EUR');
  });

  it('speaks English on request, in the theme that is asked for', async () => {
    const { text } = await frame('USD?lang=en&theme=dark');
    expect(text).toContain('<html lang="en" data-theme="dark">');
    expect(text).toMatch(/99\.5000 ₽.*Bank of Russia, 25 April 2026/s);
  });

  it('may be shown by the pages of EMBED_ORIGINS alone', async () => {
    const { headers } = await frame('USD');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`;frame-ancestors ${SHOP} https://blog.example:8443;`);
    expect(policy).toContain("default-src 'none';script-src 'self'");
    expect(headers.get('x-frame-options')).toBeNull();
    for (const path of ['/', '/docs', '/v1/rates', '/nowhere']) {
      const other = await fetch(kurs.url + path);
      expect([path, other.headers.get('x-frame-options')]).toEqual([path, 'DENY']);
      expect(other.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('is cached, with its policy, and is 304 while nothing has changed', async () => {
    const [first, second] = [await frame('USD'), await frame('USD')];
    expect(second.text).toBe(first.text);
    expect(second.headers.get('content-security-policy')).toContain(SHOP);
    expect(second.headers.get('x-frame-options')).toBeNull();
    const ETag = first.headers.get('etag') ?? '';
    const again = await frame('USD', { 'If-None-Match': ETag });
    expect([again.status, again.headers.get('x-frame-options')]).toEqual([304, null]);
    expect((await frame('EUR')).text).toContain('EUR');
  });

  it('names what has no rate', async () => {
    expect((await frame('USD,XYZ')).text).toMatch(/XYZ<\/b><i>нет курса/);
  });

  it.each([
    '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    'USD?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
    'USD?theme=dark%22%20onload=%22alert(1)',
    'USD?lang=__proto__&theme=constructor',
    'USD?lang=ru&lang=en&theme[]=x&utm_source=%3Cb%3E',
    '%22%20onclick%3D%22x,%27%26lt;',
  ])('makes no markup of what it is asked: %p', async (path) => {
    const { status, text } = await frame(path);
    expect(status).toBe(200);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<b>(?!USD|&|[A-Z])|\son\w+=|alert\(1\)<|<SCRIPT/);
    expect(text).toMatch(/<html lang="(?:ru|en)" data-theme="(?:auto|light|dark)">/);
  });

  it('shows twenty currencies at most', async () => {
    const codes = Array.from({ length: 200 }, (_, index) => `A${index}`).join(',');
    expect((await frame(codes)).text.match(/<li[ >]/g)).toHaveLength(20);
  });

  it('is at its own address without a slash at the end', async () => {
    const { status, headers } = await frame('USD,EUR/');
    expect([status, headers.get('location')]).toEqual([308, '../USD%2CEUR']);
    const english = await frame('USD/?lang=en&theme=dark');
    expect(english.headers.get('location')).toBe('../USD?lang=en&theme=dark');
  });

  it.each(['POST', 'PUT', 'DELETE'])('does not answer %s', async (method) => {
    expect((await fetch(`${kurs.url}/embed/USD`, { method })).status).toBe(405);
  });

  it('is not a part of the API', async () => {
    expect(await (await fetch(`${kurs.url}/openapi.json`)).text()).not.toContain('/embed');
  });
});

describe('a frame for every site', () => {
  const { kurs } = withKurs({ sheets, clock, settings: { EMBED_ORIGINS: '*' } });

  it('names no site', async () => {
    const { headers } = await fetch(`${kurs.url}/embed/USD`);
    expect(headers.get('content-security-policy')).toContain(';frame-ancestors *;');
  });
});

describe('without EMBED_ORIGINS', () => {
  const { kurs } = withKurs({ sheets, clock });

  it('a frame is refused with a page that no site may show', async () => {
    const response = await fetch(`${kurs.url}/embed/USD?lang=en`);
    const text = await response.text();
    expect(response.status).toBe(403);
    expect(text).toContain('Rates may not be shown on other sites');
    expect(text).not.toContain('75');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('before the first fetch', () => {
  const { kurs } = withKurs({ clock, settings: { EMBED_ORIGINS: '*' } });

  it('a frame says that there are no rates, and its script goes on asking', async () => {
    const response = await fetch(`${kurs.url}/embed/USD`);
    const text = await response.text();
    expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(text).toContain('Курсов пока нет');
    expect(text).toContain('kurs-rates.js');
    expect(response.headers.get('x-frame-options')).toBeNull();
  });
});
