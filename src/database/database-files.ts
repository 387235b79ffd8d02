import { accessSync, type BigIntStats, constants, statSync } from 'node:fs';

/** Files that SQLite keeps beside an open database; `-wal` has commits that are not in the database file yet. */
const COMPANIONS = ['-wal', '-shm'];

/**
 * Files of an open SQLite database. SQLite continues on a file that was removed, renamed or replaced: its commits
 * succeed, and are lost at close. Only the directory entries show it.
 */
export class DatabaseFiles {
  private readonly identities: ReadonlyMap<string, BigIntStats | undefined>;

  /**
   * The database must have just been opened and read.
   *
   * @param named path in DATABASE_URL: the next start follows its links as they are then
   * @param path real path, as SQLite opened it
   */
  constructor(
    named: string,
    private readonly path: string,
  ) {
    const beside = COMPANIONS.map((end) => path + end).filter((name) => identityOf(name));
    this.identities = new Map([named, path, ...beside].map((name) => [name, identityOf(name)]));
  }

  /** Whether every name still refers to the open file. */
  areInPlace(): boolean {
    for (const [name, opened] of this.identities) {
      const found = identityOf(name);
      if (found === undefined || found.ino !== opened?.ino || found.dev !== opened.dev)
        return false;
    }
    return true;
  }

  /**
   * Whether this user may write the file. SQLite can write to an open file after that right is gone, until the
   * restart.
   */
  areWritable(): boolean {
    try {
      accessSync(this.path, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }
}

/** undefined: the file does not exist, or cannot be stat'ed. */
function identityOf(name: string): BigIntStats | undefined {
  try {
    return statSync(name, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
