import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { refuseNewer } from './applied-migrations.js';
import { readerOptions, writerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseFiles } from './database-files.js';
import { asDatabaseError, asFileError } from './database.errors.js';
import { DatabaseLock } from './database-lock.js';
import { appliedIn, refuseReadOnly } from './file-contents.js';
import { refuseLost } from './lost-database.js';
import { migratePostgres, migrateSqlite } from './migrate.js';
import { QueryFailures } from './query-failures.js';

/** Who opens the database: the one service of it, or a command that runs beside it. */
export type DatabaseRole = 'service' | 'command';

/** The open database: who is on it (SQLite), the migrated writer, and the reader. */
export class Connections {
  private constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    /** Of SQLite a connection of its own, whose transactions hold nobody up; of PostgreSQL the readers'. */
    readonly snapshots: DataSource,
    private readonly lock: DatabaseLock | undefined,
    readonly condition: DatabaseCondition,
  ) {}

  /**
   * Creates the database if need be and brings it to the newest migration. A service keeps other
   * services off a SQLite file; commands may write beside it, and a restore waits for all of them to end.
   *
   * @throws ForeignDatabaseError, NewerDatabaseError, LostDatabaseError, SecondNameError, DatabaseInUseError,
   *   LockUnusableError, DatabaseUnavailableError, or what the driver says
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
    const writer = new DataSource({ ...writerOptions(settings, entities), logger });
    const reader = new DataSource({ ...readerOptions(settings, entities), logger });
    const isShared = writer.options.type === 'postgres';
    const snapshots = isShared
      ? reader
      : new DataSource({ ...readerOptions(settings, []), logger });
    const connections = new Connections(writer, reader, snapshots, lock, condition);
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
      // The reader may have been given another file than the writer.
      condition.refuseIfFatal();
    } catch (thrown) {
      await connections.close();
      throw thrown;
    }
    return connections;
  }

  async close(): Promise<void> {
    for (const source of [this.snapshots, this.reader, this.writer]) {
      if (source.isInitialized) await source.destroy();
    }
    this.lock?.release();
  }
}

/** Takes the lock of a place where a database is, or may be made. */
function enter(path: string, role: DatabaseRole): DatabaseLock {
  mkdirSync(dirname(path), { recursive: true });
  // Beside somebody else's database there will be no lock of ours.
  refuseNewer(appliedIn(path));
  const lock = role === 'service' ? DatabaseLock.ofService(path) : DatabaseLock.ofCommand(path);
  try {
    refuseLost(path);
    // A command may only want to read.
    if (role === 'service') refuseReadOnly(path);
    return lock;
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}
