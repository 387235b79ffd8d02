import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { readerOptions, writerOptions } from './data-source.options.js';
import { databaseAddress } from './database-url.js';
import { asDatabaseError, asFileError } from './database.errors.js';
import { appliedIn } from './file-contents.js';
import { migratePostgres, migrateSqlite } from './migrate.js';
import { SqliteServiceLock } from './sqlite-service-lock.js';

/** Who opens the database: the one service of it, or a command that runs beside it. */
export type DatabaseRole = 'service' | 'command';

/** The open database: the service lock (SQLite), the migrated writer, and the reader. */
export class Connections {
  private constructor(
    readonly writer: DataSource,
    readonly reader: DataSource,
    private readonly lock: SqliteServiceLock | undefined,
  ) {}

  /**
   * Creates the database if need be and brings it to the newest migration. A service keeps other
   * services off a SQLite file; a command may write beside it.
   *
   * @throws ForeignDatabaseError, DatabaseInUseError, DatabaseUnavailableError, or what the driver says
   */
  static async open(
    settings: Settings,
    entities: (NewableFunction | EntitySchema)[],
    role: DatabaseRole,
  ): Promise<Connections> {
    const address = databaseAddress(settings.DATABASE_URL);
    const isFile = address.engine === 'sqlite';
    try {
      if (isFile) {
        mkdirSync(dirname(address.path), { recursive: true });
        // Somebody else's is refused.
        appliedIn(address.path);
      }
      const lock = isFile && role === 'service' ? SqliteServiceLock.take(address.path) : undefined;
      return await Connections.behind(lock, settings, entities);
    } catch (thrown) {
      throw isFile ? asFileError(thrown, address.path) : asDatabaseError(thrown);
    }
  }

  private static async behind(
    lock: SqliteServiceLock | undefined,
    settings: Settings,
    entities: (NewableFunction | EntitySchema)[],
  ): Promise<Connections> {
    const writer = new DataSource(writerOptions(settings, entities));
    const reader = new DataSource(readerOptions(settings, entities));
    const connections = new Connections(writer, reader, lock);
    try {
      await writer.initialize();
      if (writer.options.type === 'postgres') await migratePostgres(settings);
      else await migrateSqlite(writer);
      await reader.initialize();
    } catch (thrown) {
      await connections.close();
      throw thrown;
    }
    return connections;
  }

  async close(): Promise<void> {
    for (const source of [this.reader, this.writer]) {
      if (source.isInitialized) await source.destroy();
    }
    this.lock?.release();
  }
}
