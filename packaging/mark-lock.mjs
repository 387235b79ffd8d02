import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes into package-lock.json what npm does not copy there from the packages, and reads from there: with `npm ci`
 * it looks into the lock file alone. Run by `npm run licences`, after every change of dependencies.
 */
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
// Its own range goes to Node 26, where npm would build it for nothing.
lock.packages['node_modules/better-sqlite3'].engines = { node: '20.x' };
// As in its package.json. Without it npm compiles a package that has a binding.gyp, and drops it where it cannot.
lock.packages['node_modules/better-sqlite3-napi'].gypfile = false;
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
