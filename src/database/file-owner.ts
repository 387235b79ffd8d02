import { chmodSync, chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whose a file is, and who may do what with it. */
export interface FileOwner {
  uid: number;
  gid: number;
  /** Absent where only the folder tells who should own it. */
  mode: number | undefined;
}

/**
 * The owner of the first of `paths` that exists. Where none does, root is told the folder's: what it makes there
 * is of no use to the user that the folder was made for.
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

/** @throws what the system says: only root may give a file away */
export function giveTo(path: string, { uid, gid, mode }: FileOwner): void {
  const now = statSync(path);
  // First, for a change of owner may take away bits of the mode.
  if (now.uid !== uid || now.gid !== gid) chownSync(path, uid, gid);
  if (mode !== undefined && mode !== (now.mode & 0o7777)) chmodSync(path, mode);
}
