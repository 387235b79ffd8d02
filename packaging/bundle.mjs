import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the clone's package.json waits while the package is made. */
const KEPT = 'node_modules/.package.json.kept';

/**
 * The package.json of the package, made from that of the clone. A consumer's npm reads neither our `overrides` nor
 * our lock file, so what those keep out of a clone is kept out of the package here.
 *
 * - @nestjs/swagger is bundled, with swagger-ui-dist and without @scarf/scarf, whose install script reports every
 *   installation to its vendor. Peers are not bundled. With the field in the clone's package.json `npm ci` would
 *   resolve all peers anew, warn about them, and take minutes.
 * - better-sqlite3 12, the driver for Node 20, is left out: its install script fetches or compiles a binary, on
 *   newer versions of Node as well, which load another driver. On Node 20 it is installed beside Kurs.
 */
export function packedManifest({ optionalDependencies, ...manifest }) {
  const { 'better-sqlite3': _, ...optional } = optionalDependencies;
  return {
    ...manifest,
    optionalDependencies: optional,
    bundleDependencies: ['@nestjs/swagger'],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const isPacked = 'bundleDependencies' in manifest;
  // Also after a run that was interrupted; never over a package.json that has been edited since.
  if (isPacked && existsSync(KEPT)) renameSync(KEPT, 'package.json');
  if (!process.argv.includes('--undo')) {
    const own = isPacked ? JSON.parse(readFileSync('package.json', 'utf8')) : manifest;
    copyFileSync('package.json', KEPT);
    writeFileSync('package.json', `${JSON.stringify(packedManifest(own), null, 2)}\n`);
  }
}
