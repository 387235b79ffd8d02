import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Without rights of its own, and known by this number everywhere. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;
/** Somebody who is not root. */
export const ordinary = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Gives a database to somebody who is not root, who may write it. */
export function makeOrdinary(path: string): void {
  const within = join(path, '..');
  for (const file of [within, ...readdirSync(within).map((name) => join(within, name))]) {
    if (isRoot) chownSync(file, NOBODY, NOBODY);
    chmodSync(file, file === within ? 0o755 : 0o644);
  }
}
