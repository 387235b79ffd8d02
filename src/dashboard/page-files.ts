import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../common/message-of.js';
import { PageIncompleteError } from './dashboard.errors.js';
import { PageFile } from './page-file.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};
const CHART = ['uPlot.esm.js', 'uPlot.min.css'];

/**
 * Reads all files of the page with their routes; no other file can be requested. The page's own are beside this
 * module in `dist`, compiled; the client is the published one in `clients/js`.
 *
 * @throws PageIncompleteError
 */
export function readPageFiles({ isDemo }: { isDemo: boolean }): PageFile[] {
  const page = fileURLToPath(new URL('../../dist/dashboard/page', import.meta.url));
  const client = fileURLToPath(new URL('../../clients/js', import.meta.url));
  try {
    const chart = dirname(createRequire(import.meta.url).resolve('uplot/dist/uPlot.esm.js'));
    return [
      ...namesIn(page).map((name) => {
        const path = join(page, name);
        return name === 'index.html' ? startPage(path, isDemo) : fileAt(`/page/${name}`, path);
      }),
      ...namesIn(client)
        .filter((name) => name.endsWith('.js'))
        .map((name) => fileAt(`/page/client/${name}`, join(client, name))),
      ...CHART.map((name) => fileAt(`/page/chart/${name}`, join(chart, name))),
    ];
  } catch (thrown) {
    throw new PageIncompleteError(messageOf(thrown), thrown);
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => extname(name) in TYPES);
}

/** Marked in a demo, so that the page says on every view that its figures are made up. */
function startPage(path: string, isDemo: boolean): PageFile {
  const text = readFileSync(path, 'utf8');
  const marked = isDemo ? text.replace('<html ', '<html data-demo ') : text;
  return new PageFile('/', TYPES['.html'] ?? '', Buffer.from(marked));
}

function fileAt(address: string, path: string): PageFile {
  return new PageFile(address, TYPES[extname(path)] ?? '', readFileSync(path));
}
