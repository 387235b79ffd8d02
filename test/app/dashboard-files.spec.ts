import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { getJson } from '../support/json.js';
import { withKurs } from '../support/with-kurs.js';

/** As `npm run build` named it. */
const { name: BUILD } = JSON.parse(readFileSync('dist/dashboard/files/files.json', 'utf8')) as {
  name: string;
};
const FILES = [
  ['/', 'text/html'],
  ['/on/2024-06-03', 'text/html'],
  ['/page/client/kurs.js', 'text/javascript'],
] as const;
const FILES_OF_BUILD = [
  ['main.js', 'text/javascript'],
  ['theme.js', 'text/javascript'],
  ['start.js', 'text/javascript'],
  ['style.css', 'text/css'],
  ['icon.svg', 'image/svg+xml'],
  ['client/kurs.js', 'text/javascript'],
  ['chart/uPlot.esm.js', 'text/javascript'],
] as const;

describe('the files of the page', () => {
  const { kurs } = withKurs({ settings: { CBR_BASE_URL: 'http://127.0.0.1:9' }, once: true });

  const ask = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    fetch(kurs.url + path, { method, headers });

  it.each(FILES)('%s is %s in UTF-8, and revalidated every time', async (path, type) => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(response.headers.get('cache-control')).toBe('public, no-cache');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('set-cookie')).toBeNull();
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]+"$/);
    const again = await ask(path, 'GET', { 'If-None-Match': `"other", ${tag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    expect((await ask(path, 'GET', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it.each(FILES_OF_BUILD)(
    '%s is %s in UTF-8, and kept: its address names the build',
    async (name, type) => {
      const { status, headers } = await ask(`/page/${BUILD}/${name}`);
      expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('set-cookie')).toBeNull();
      // A page that an earlier build wrote gets none of this one's modules.
      expect((await ask(`/page/other/${name}`)).status).toBe(404);
    },
  );

  it.each(['/on/never', '/USD/USD'])(
    'and %s is 404 whatever the client has: only a success may be 304',
    async (path) => {
      const { status, headers } = await ask(path);
      expect(status).toBe(404);
      for (const tag of [headers.get('etag') ?? '', '*']) {
        expect((await ask(path, 'GET', { 'If-None-Match': tag })).status).toBe(404);
      }
    },
  );

  it('are compressed on request, under a tag of their own', async () => {
    const path = `/page/${BUILD}/chart/uPlot.esm.js`;
    const [plain, gzipped, smallest] = [
      await head(path, 'identity'),
      await head(path, 'gzip'),
      await head(path, 'gzip, deflate, br, zstd'),
    ];
    expect(plain['content-encoding']).toBeUndefined();
    expect(gzipped['content-encoding']).toBe('gzip');
    expect(smallest['content-encoding']).toBe('br');
    expect(smallest.vary).toContain('Accept-Encoding');
    expect(new Set([plain.etag, gzipped.etag, smallest.etag]).size).toBe(3);
    expect(Number(gzipped['content-length'])).toBeLessThan(Number(plain['content-length']) / 2);
    expect(Number(smallest['content-length'])).toBeLessThan(Number(gzipped['content-length']));
    expect((await head(path, 'br;q=0.1, gzip'))['content-encoding']).toBe('gzip');
    expect((await head(path, 'br;q=0'))['content-encoding']).toBeUndefined();
    // What is made anew with every change of the rates has no Brotli form.
    expect((await head('/', 'br, gzip'))['content-encoding']).toBe('gzip');
    // fetch decompresses: the bytes are the same.
    const sizes = await Promise.all(
      ['identity', 'gzip', 'br'].map(async (encoding) => {
        const response = await ask(path, 'GET', { 'Accept-Encoding': encoding });
        return (await response.arrayBuffer()).byteLength;
      }),
    );
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBe(Number(plain['content-length']));
  });

  it('are available by GET and HEAD only', async () => {
    for (const path of ['/', `/page/${BUILD}/main.js`]) {
      const about = await ask(path, 'HEAD');
      expect([about.status, await about.text()]).toEqual([200, '']);
      expect(about.headers.get('etag')).toMatch(/^"/);
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const refused = await ask(path, method);
        expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
        expect(await refused.json()).toMatchObject({ code: 'http.method_not_allowed' });
      }
    }
  });

  it.each([
    '/page',
    '/page/',
    '/page/index.html',
    `/page/${BUILD}/`,
    `/page/${BUILD}/index.html`,
    `/page/${BUILD}/files.json`,
    `/page/${BUILD}/main.js.br`,
    `/page/${BUILD}/paint.js`,
    '/page/..%2f..%2f..%2fpackage.json',
    '/page/client/kurs.d.ts',
    '/page/client/README.md',
    '/index.html',
  ])('do not include %s, which is 404', async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'http.not_found' });
  });

  it('are restricted by a policy to what the page needs', async () => {
    const policy = (await ask('/')).headers.get('content-security-policy');
    expect(policy?.split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "manifest-src 'self'",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "style-src 'self'",
      'trusted-types kurs-worker',
      "worker-src 'self'",
    ]);
    expect((await ask(`/page/${BUILD}/main.js`)).headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none'",
    );
  });

  it('can be installed: a manifest in both languages, with pictures', async () => {
    for (const language of ['ru', 'en']) {
      const address = `${kurs.url}/page/${BUILD}/install/manifest-${language}.webmanifest`;
      const response = await fetch(address);
      expect(response.headers.get('content-type')).toMatch(/^application\/manifest\+json\b/);
      const manifest = (await response.json()) as {
        lang: string;
        start_url: string;
        scope: string;
        icons: { src: string; sizes: string }[];
      };
      expect(manifest.lang).toBe(language);
      for (const place of [manifest.start_url, manifest.scope]) {
        expect(new URL(place, address).href).toBe(`${kurs.url}/`);
      }
      for (const { src, sizes } of manifest.icons) {
        const icon = await fetch(new URL(src, address));
        const bytes = Buffer.from(await icon.arrayBuffer());
        expect([src, icon.status]).toEqual([src, 200]);
        if (sizes !== 'any')
          expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
      }
      const document = await ask('/', 'GET', { 'Accept-Language': language });
      expect(await document.text()).toContain(`install/manifest-${language}.webmanifest`);
    }
  });

  it('include a service worker, which is revalidated and asks this service alone', async () => {
    const { status, headers } = await ask('/worker.js');
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, no-cache']);
    expect(headers.get('content-security-policy')).toBe("default-src 'none';connect-src 'self'");
    const offline = await ask(`/page/${BUILD}/offline.html`);
    const policy = (await ask('/')).headers.get('content-security-policy');
    expect(offline.headers.get('content-security-policy')).toBe(policy);
  });

  it('are no part of the API', async () => {
    const { paths } = await getJson<{ paths: object }>(`${kurs.url}/openapi.json`);
    expect(Object.keys(paths).filter((path) => /^\/(page|$)/.test(path))).toEqual([]);
  });

  const head = (path: string, encoding: string) =>
    new Promise<Record<string, string | string[] | undefined>>((resolve, reject) => {
      const headers = { 'Accept-Encoding': encoding };
      request(`${kurs.url}${path}`, { method: 'HEAD', headers }, (response) => {
        resolve(response.headers);
        response.resume();
      })
        .on('error', reject)
        .end();
    });
});
