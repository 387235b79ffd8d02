import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes out of a node_modules folder what the running service never reads: types, source maps, sources and
 * builds for browsers, binaries of other systems. For the image;
 * `node packaging/slim.mjs <node_modules> [amd64|arm64]`.
 */
const NEVER_READ = /\.(?:map|md|markdown|d\.[cm]?ts|[cm]?ts|flow|cpp|hpp|c|h)$/i;
const FOLDERS = [
  'typescript',
  'typeorm/browser',
  'es-toolkit/dist/browser.global.js',
  'better-sqlite3-napi/deps',
  'better-sqlite3-napi/src',
  'rxjs/src',
  'rxjs/dist/bundles',
  'rxjs/dist/esm',
  'rxjs/dist/esm5',
  'rxjs/dist/types',
  'libphonenumber-js/bundle',
  'class-validator/bundles',
  'class-validator/esm2015',
  'class-validator/esm5',
  'class-transformer/bundles',
  'class-transformer/esm2015',
  'class-transformer/esm5',
  'luxon/src',
  'luxon/build/amd',
  'luxon/build/global',
  'luxon/build/es6',
  'swagger-ui-dist/swagger-ui.js',
  'swagger-ui-dist/swagger-ui-es-bundle.js',
  'swagger-ui-dist/swagger-ui-es-bundle-core.js',
  'bintrees/test',
];
/** Binaries of other systems. */
const PREBUILT = 'better-sqlite3-napi/prebuilds';

const [, , root = 'node_modules', architecture = process.arch] = process.argv;
for (const folder of FOLDERS) rmSync(join(root, folder), { recursive: true, force: true });
if (existsSync(join(root, PREBUILT))) {
  // Docker calls x64 amd64.
  const own = `linux-${architecture === 'amd64' ? 'x64' : architecture}.node`;
  for (const name of readdirSync(join(root, PREBUILT))) {
    if (name !== own) rmSync(join(root, PREBUILT, name), { recursive: true });
  }
}
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && NEVER_READ.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
}
