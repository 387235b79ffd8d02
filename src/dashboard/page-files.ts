import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../common/message-of.js';
import { PageIncompleteError } from './dashboard.errors.js';
import { PageFile } from './page-file.js';
import { PAGE_POLICY, WORKER_POLICY } from './page-policy.js';
import { type PageBuild, PageShell } from './page-shell.js';
import type { Press } from './painted-pages.js';
import { loadPainter } from './painter.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
/** The text around every painted page; not a file of its own. */
const START = 'index.html';
const WORKER = 'worker.js';

/**
 * Reads all files of the page with their routes, and what paints it; no other file can be requested. The page's own
 * are in `dist/dashboard/files` as `npm run build` made them for browsers; the client for other pages is the published
 * one in `clients/js`.
 *
 * @throws PageIncompleteError
 */
export async function readPage(): Promise<{ files: PageFile[]; press: Press }> {
  const [start, own, client] = [
    `../../dist/dashboard/page/${START}`,
    '../../dist/dashboard/files',
    '../../clients/js',
  ].map((path) => fileURLToPath(new URL(path, import.meta.url))) as [string, string, string];
  try {
    const build = JSON.parse(readFileSync(join(own, 'files.json'), 'utf8')) as PageBuild;
    const press = { painter: await loadPainter(), shell: new PageShell(start, build) };
    const files = [
      ...namesIn(own)
        .filter((name) => name !== WORKER)
        .map((name) => fileOfBuild(`/page/${build.name}/${name}`, join(own, name))),
      // In this place it is in charge of every address of the page.
      fileAt(`/${WORKER}`, join(own, WORKER), WORKER_POLICY),
      ...namesIn(client)
        .filter((name) => /^[^/]+\.(?:js|css)$/.test(name))
        .map((name) => fileAt(`/page/client/${name}`, join(client, name))),
      // Browsers ask for it on every page without an icon of its own, `/v1/rates` among them.
      fileAt('/favicon.ico', fileURLToPath(new URL('./favicon.ico', import.meta.url))),
    ];
    return { files, press };
  } catch (thrown) {
    throw new PageIncompleteError(messageOf(thrown), thrown);
  }
}

/** With those in folders, as `list/list-view.js`. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in TYPES);
}

function fileAt(address: string, path: string, policy?: string): PageFile {
  return new PageFile(address, typeOf(path), readFileSync(path), policy ? { policy } : {});
}

function fileOfBuild(address: string, path: string): PageFile {
  const traits = {
    isImmutable: true,
    ...(existsSync(`${path}.br`) && { brotli: readFileSync(`${path}.br`) }),
    // The document that the service worker shows without the service.
    ...(path.endsWith('.html') && { policy: PAGE_POLICY }),
  };
  return new PageFile(address, typeOf(path), readFileSync(path), traits);
}

function typeOf(path: string): string {
  return TYPES[extname(path)] ?? '';
}
