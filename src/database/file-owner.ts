import { chmodSync, chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Owner and mode of a file. */
export interface FileOwner {
  uid: number;
  gid: number;
  /** undefined if the owner was taken from the folder. */
  mode: number | undefined;
}

/**
 * Owner of the first of `paths` that exists. If none exists and the process is root, returns the folder's owner: a
 * file of root's would be useless to the user of that folder.
 */
export function ownerAmong(paths: readonly string[]): FileOwner | undefined {
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) return { uid: found.uid, gid: found.gid, mode: found.mode & 0o7777 };
  }
  if (process.getuid?.() !== 0) return undefined;
  const folder = statSync(dirname(paths.at(-1) ?? '.'), { throwIfNoEntry: false });
  return folder && { uid: folder.uid, gid: folder.gid, mode: undefined };
}

/** @throws the system's error: only root may change an owner */
export function giveTo(path: string, { uid, gid, mode }: FileOwner): void {
  const now = statSync(path);
  // Before chmod, because chown may clear bits of the mode.
  if (now.uid !== uid || now.gid !== gid) chownSync(path, uid, gid);
  if (mode !== undefined && mode !== (now.mode & 0o7777)) chmodSync(path, mode);
}
