import { request } from 'node:http';
import { withKurs } from '../support/with-kurs.js';
import { sheetXml, at, EUR, USD } from '../support/sheet-builder.js';

/** Bytes of scripts and style of one view as they travel, all taken together. */
const MOST_BYTES = 60_000;
const VIEWS = ['', 'USD', 'USD/EUR', 'on/2026-04-25', 'convert/100/USD/EUR', 'UDS'];
const STATIC_IMPORT = /\b(?:from|import)"(\.[^"]+)"/g;

describe('a view of the page', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [at(USD, '75,5270'), at(EUR, '88,1020')])],
    clock: '2026-04-25T12:00:00Z',
    once: true,
  });

  const documentAt = async (view: string, language: string) => {
    const response = await fetch(`${kurs.url}/${view}`, {
      headers: { 'Accept-Language': language },
    });
    const text = await response.text();
    const named = (pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, link = '']) => new URL(link, response.url).href);
    return {
      modules: named(/<link rel="modulepreload" href="([^"]+)"/g),
      others: named(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g),
      entry: named(/<script type="module" src="([^"]+)"/g),
    };
  };

  it.each(VIEWS.flatMap((view) => [[view, 'ru'] as const, [view, 'en'] as const]))(
    'takes less than 60 kB of script and style: /%s, %s',
    async (view, language) => {
      const { modules, others } = await documentAt(view, language);
      const sizes = await Promise.all([...modules, ...others].map(bytesOf));
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
    },
  );

  it.each(VIEWS)('names each module that its modules import, once: /%s', async (view) => {
    const { modules, entry } = await documentAt(view, 'en');
    expect(modules).toEqual([...new Set(modules)]);
    expect(modules).toEqual(expect.arrayContaining(entry));
    for (const module of modules) {
      const response = await fetch(module);
      expect([module, response.status]).toEqual([module, 200]);
      const imported = [...(await response.text()).matchAll(STATIC_IMPORT)];
      const addresses = imported.map(([, target = '']) => new URL(target, module).href);
      expect(modules).toEqual(expect.arrayContaining(addresses));
    }
    expect(modules.length).toBeGreaterThan(30);
  });

  it('loads no chart, no other view and no other language than it shows', async () => {
    const { modules } = await documentAt('', 'en');
    const text = modules.join();
    expect(text).toContain('list/list-view.js');
    expect(text).toContain('words-en.js');
    expect(text).not.toMatch(/chart|currency-view|day-view|words-ru/);
    expect((await documentAt('USD', 'ru')).modules.join()).toMatch(/chart.*words-ru/);
  });

  const bytesOf = (address: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
      request(address, { headers }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => resolve(response.statusCode === 200 ? bytes : NaN));
      })
        .on('error', reject)
        .end();
    });
});
