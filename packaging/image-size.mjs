import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Computes the size of the image where no container engine is at hand: the base and Node as they are published,
 * and the files of the production tree, slimmed as the Dockerfile does it. Needs `npm ci` and `npm run build`.
 */

/** Unpacked, in MB: glibc, libstdc++, OpenSSL, time zones and certificates of distroless; Node 22's binary. */
const BASE_MB = 25;
const NODE_MB = 125;

const folder = mkdtempSync(join(tmpdir(), 'kurs-image-'));
const modules = join(folder, 'node_modules');
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, { dev }] of Object.entries(packages)) {
  if (path === '' || dev || path.includes('/node_modules/')) continue;
  try {
    cpSync(path, join(folder, path), { recursive: true });
  } catch (thrown) {
    if (thrown.code !== 'ENOENT') throw thrown;
  }
}
execFileSync(process.execPath, ['packaging/slim.mjs', modules]);

const megabytesIn = (place) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0) / 1e6;
const parts = {
  base: BASE_MB,
  node: NODE_MB,
  node_modules: megabytesIn(modules),
  dist: megabytesIn('dist'),
};
rmSync(folder, { recursive: true });
const total = Object.values(parts).reduce((sum, each) => sum + each, 0);
for (const [name, size] of Object.entries({ ...parts, total })) {
  console.log(`${name.padEnd(14)}${size.toFixed(1).padStart(7)} MB`);
}
process.exitCode = total < 200 ? 0 : 1;
