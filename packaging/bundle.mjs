import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OWN = 'package.json';
const DRIVER = 'node_modules/better-sqlite3-napi/package.json';
/** Where the two wait while the package is made. */
const KEPT = { [OWN]: 'node_modules/.package.json.kept', [DRIVER]: `${DRIVER}.kept` };

/**
 * The package.json of the package, made from that of the clone. A consumer's npm reads neither our `overrides` nor
 * our lock file, so what those keep out of a clone is kept out of the package here.
 *
 * - @nestjs/swagger is bundled, with swagger-ui-dist and without @scarf/scarf, whose install script reports every
 *   installation to its vendor. Peers are not bundled. With the field in the clone's package.json `npm ci` would
 *   resolve all peers anew, warn about them, and take minutes.
 * - better-sqlite3 13 is bundled as `packedDriver` describes it; Node 20 does not have it.
 * - better-sqlite3 12, the driver for Node 20, is left out: its install script fetches or compiles a binary, on
 *   newer versions of Node as well, which load another driver. On Node 20 it is installed beside Kurs.
 */
export function packedManifest({ optionalDependencies, ...manifest }, { hasDriver }) {
  const { 'better-sqlite3': _, ...optional } = optionalDependencies;
  return {
    ...manifest,
    optionalDependencies: optional,
    bundleDependencies: ['@nestjs/swagger', ...(hasDriver ? Object.keys(optional) : [])],
  };
}

/**
 * The driver's package.json: only what it is loaded by, with the binaries. With its binding.gyp a consumer's `npm ci`
 * would compile it, and drop it without a compiler; a lock file does not say `gypfile`.
 */
export function packedDriver({ name, version, license, main }) {
  return { name, version, license, main, files: ['lib', 'prebuilds'], gypfile: false };
}

/** Writes a new file in place of the old one, which may have other names in other folders. */
function replace(path, content) {
  copyFileSync(path, KEPT[path]);
  rmSync(path);
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Also after a run that was interrupted; never over a package.json that has been edited since.
  if (existsSync(KEPT[OWN]) && 'bundleDependencies' in read(OWN)) renameSync(KEPT[OWN], OWN);
  if (existsSync(KEPT[DRIVER])) renameSync(KEPT[DRIVER], DRIVER);
  if (!process.argv.includes('--undo')) {
    const hasDriver = existsSync(DRIVER);
    replace(OWN, packedManifest(read(OWN), { hasDriver }));
    if (hasDriver) replace(DRIVER, packedDriver(read(DRIVER)));
    else
      console.warn('Packed on Node 20: pack on Node 22.14 or later what newer versions are to run');
  }
}
