import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../common/message-of.js';
import { PageIncompleteError } from './dashboard.errors.js';
import { PageFile } from './page-file.js';
import { PageShell } from './page-shell.js';
import type { Press } from './painted-pages.js';
import { loadPainter } from './painter.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ico': 'image/x-icon',
};
/** The text around every painted page; not a file of its own. */
const START = 'index.html';
const CHART = ['uPlot.esm.js', 'uPlot.min.css'];

/**
 * Reads all files of the page with their routes, and what paints it; no other file can be requested. The page's own
 * are beside this module in `dist`, compiled; the client is the published one in `clients/js`.
 *
 * @throws PageIncompleteError
 */
export async function readPage(): Promise<{ files: PageFile[]; press: Press }> {
  const page = fileURLToPath(new URL('../../dist/dashboard/page', import.meta.url));
  const client = fileURLToPath(new URL('../../clients/js', import.meta.url));
  try {
    const press = { painter: await loadPainter(), shell: new PageShell(join(page, START)) };
    const chart = dirname(createRequire(import.meta.url).resolve('uplot/dist/uPlot.esm.js'));
    const files = [
      ...namesIn(page)
        .filter((name) => name !== START)
        .map((name) => fileAt(`/page/${name}`, join(page, name))),
      ...namesIn(client)
        .filter((name) => /^[^/]+\.(?:js|css)$/.test(name))
        .map((name) => fileAt(`/page/client/${name}`, join(client, name))),
      // Browsers ask for it on every page without an icon of its own, `/v1/rates` among them.
      fileAt('/favicon.ico', fileURLToPath(new URL('./favicon.ico', import.meta.url))),
      ...CHART.map((name) => fileAt(`/page/chart/${name}`, join(chart, name))),
    ];
    return { files, press };
  } catch (thrown) {
    throw new PageIncompleteError(messageOf(thrown), thrown);
  }
}

/** With those in folders, as `list/table.css`. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in TYPES);
}

function fileAt(address: string, path: string): PageFile {
  return new PageFile(address, TYPES[extname(path)] ?? '', readFileSync(path));
}
