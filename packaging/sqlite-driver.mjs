import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Only Node 20 needs better-sqlite3 12 (record 4 in docs/adr). */
const NEEDED_BY = '20.';

/**
 * The folder above `include/node` with the headers of this Node, as Node's own archives, nvm, its images and most
 * packages of systems have it; undefined if there are none, or those of another version.
 */
export function folderOfHeaders({ execPath, version }) {
  const folder = dirname(dirname(realpathSync(execPath)));
  const path = join(folder, 'include/node/node_version.h');
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const found = ['MAJOR', 'MINOR', 'PATCH'].map(
    (part) => new RegExp(`^#define NODE_${part}_VERSION (\\d+)$`, 'm').exec(text)?.[1],
  );
  return `v${found.join('.')}` === version ? folder : undefined;
}

/** In a process of its own: Node remembers that a package was missing. */
function isInstalled() {
  const opens = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ['-e', opens]).status === 0;
}

/**
 * `npm ci` installs the driver with a binary from GitHub, or compiles it with headers from nodejs.org, and goes on
 * without a word where it can reach neither. The headers that came with Node do as well.
 */
function install() {
  const folder = folderOfHeaders(process);
  if (folder === undefined)
    return 'this Node came without its headers, and npm could not fetch them';
  process.stdout.write(
    'The SQLite driver for Node 20 is missing: npm compiles it, in a minute or two.\n',
  );
  const options = ['--loglevel=error', `--nodedir=${folder}`];
  const npm = (...words) => spawnSync('npm', [...words, ...options], { stdio: 'inherit' });
  const hasFolder = () => existsSync('node_modules/better-sqlite3');
  if (!hasFolder())
    npm('install', '--include=dev', '--include=optional', '--no-save', '--no-audit', '--no-fund');
  // npm was told to run no scripts, of which compiling is one: those of this package are run.
  if (hasFolder() && !isInstalled()) npm('rebuild', 'better-sqlite3', '--ignore-scripts=false');
  return isInstalled()
    ? undefined
    : 'npm could not compile it; python3, make and a C++ compiler are needed';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isNeeded = process.versions.node.startsWith(NEEDED_BY) && !isInstalled();
  const reason = isNeeded ? install() : undefined;
  // PostgreSQL works without.
  if (reason) process.stderr.write(`There is no SQLite driver: ${reason}.\n`);
}
