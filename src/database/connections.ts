import { dirname } from 'node:path';
import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { rejectNewer } from './applied-migrations.js';
import { readerOptions, writerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseFiles } from './database-files.js';
import { asDatabaseError, asFileError } from './database.errors.js';
import { DatabaseLock } from './database-lock.js';
import { appliedIn, rejectReadOnly } from './file-contents.js';
import { rejectLost } from './lost-database.js';
import { createFolder } from './folder.js';
import { migratePostgres, migrateSqlite } from './migrate.js';
import { QueryFailures } from './query-failures.js';

/** `service`: the only one on a SQLite file. `command`: may run beside it. */
export type DatabaseRole = 'service' | 'command';

/** An open database: the lock (SQLite), the migrated writer and the reader. */
export class Connections {
  private constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    /** SQLite: a separate connection, so that its transactions block no reads. PostgreSQL: the reader's pool. */
    readonly snapshots: DataSource,
    private readonly closing: { lock: DatabaseLock | undefined; giveUp: AbortController },
    readonly condition: DatabaseCondition,
  ) {}

  /**
   * Creates the database if necessary and migrates it. A service locks other services out of a SQLite file. Commands
   * may write beside it; a restore waits for all of them to end.
   *
   * @throws ForeignDatabaseError, NewerDatabaseError, LostDatabaseError, SecondNameError, DatabaseInUseError,
   *   LockUnusableError, DatabaseUnavailableError, or the driver's error
   */
  static async open(
    settings: Settings,
    entities: (NewableFunction | EntitySchema)[],
    role: DatabaseRole,
  ): Promise<Connections> {
    const address = databaseAddress(settings.DATABASE_URL);
    try {
      const lock = address.engine === 'sqlite' ? enter(address.path, role) : undefined;
      return await Connections.behind(lock, settings, entities);
    } catch (thrown) {
      throw address.engine === 'sqlite'
        ? asFileError(thrown, address.path)
        : asDatabaseError(thrown);
    }
  }

  private static async behind(
    lock: DatabaseLock | undefined,
    settings: Settings,
    entities: (NewableFunction | EntitySchema)[],
  ): Promise<Connections> {
    const condition = new DatabaseCondition();
    const logger = new QueryFailures((thrown) => condition.sawFailure(thrown));
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const writer = new DataSource({ ...writerOptions(settings, entities, signal), logger });
    const reader = new DataSource({ ...readerOptions(settings, entities, signal), logger });
    const isShared = writer.options.type === 'postgres';
    const snapshots = isShared
      ? reader
      : new DataSource({ ...readerOptions(settings, []), logger });
    const connections = new Connections(writer, reader, snapshots, { lock, giveUp }, condition);
    try {
      await writer.initialize();
      if (writer.options.type === 'postgres') await migratePostgres(settings);
      else await migrateSqlite(writer);
      const address = databaseAddress(settings.DATABASE_URL);
      if (address.engine === 'sqlite') {
        condition.watch(new DatabaseFiles(address.named, address.path));
      }
      await reader.initialize();
      if (!snapshots.isInitialized) await snapshots.initialize();
      // The file may have been replaced between opening the writer and the reader.
      condition.rejectIfFatal();
    } catch (thrown) {
      await connections.close();
      throw thrown;
    }
    return connections;
  }

  /**
   * For a shutdown: what still waits for an answer of PostgreSQL after `ms`, or asks later, fails at once. Without it,
   * a link that drops packets would be waited for once a query.
   */
  giveUpAfter(ms: number): void {
    setTimeout(() => this.closing.giveUp.abort(), ms).unref();
  }

  async close(): Promise<void> {
    for (const source of [this.snapshots, this.reader, this.writer]) {
      if (source.isInitialized) await source.destroy();
    }
    this.closing.lock?.release();
  }
}

/** Locks the path of a database that exists or will be created. */
function enter(path: string, role: DatabaseRole): DatabaseLock {
  createFolder(dirname(path));
  // Checked first: leaves no lock file beside a foreign database.
  rejectNewer(appliedIn(path));
  const lock = role === 'service' ? DatabaseLock.ofService(path) : DatabaseLock.ofCommand(path);
  try {
    rejectLost(path);
    // A command may need only to read.
    if (role === 'service') rejectReadOnly(path);
    return lock;
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}
