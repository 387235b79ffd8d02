import { accessSync, type BigIntStats, constants, statSync } from 'node:fs';

/** What SQLite keeps beside the file while it is open; `-wal` holds commits that are nowhere else. */
const COMPANIONS = ['-wal', '-shm'];

/**
 * The files of an open SQLite database. SQLite goes on with a file that was removed, renamed or replaced: its
 * commits succeed, and are gone when it is closed. Only the names on the disk tell.
 */
export class DatabaseFiles {
  private readonly identities: ReadonlyMap<string, BigIntStats | undefined>;

  /**
   * Of a database that has just been opened, and read.
   *
   * @param named as DATABASE_URL names it: the next start goes where links lead then
   * @param path without links, as SQLite has it
   */
  constructor(
    named: string,
    private readonly path: string,
  ) {
    const beside = COMPANIONS.map((end) => path + end).filter((name) => identityOf(name));
    this.identities = new Map([named, path, ...beside].map((name) => [name, identityOf(name)]));
  }

  /** Whether every name leads to the file that is open. */
  areInPlace(): boolean {
    for (const [name, opened] of this.identities) {
      const found = identityOf(name);
      if (found === undefined || found.ino !== opened?.ino || found.dev !== opened.dev)
        return false;
    }
    return true;
  }

  /** Whether this user may write the file: an open one can be written on when it no longer may, until the restart. */
  areWritable(): boolean {
    try {
      accessSync(this.path, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }
}

/** Undefined: no such file, or none that can be looked at. */
function identityOf(name: string): BigIntStats | undefined {
  try {
    return statSync(name, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
