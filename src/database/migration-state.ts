import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { pendingAfter } from './data-source.options.js';

/** Detects pending migrations while the service runs: a backup of an older version may have replaced the database. */
@Injectable()
export class MigrationState {
  constructor(@InjectDataSource() private readonly reader: DataSource) {}

  /** Migrations of this version that are missing. Migrations of a newer version are ignored, as they only add. */
  async pending(): Promise<string[]> {
    const table = this.reader.options.migrationsTableName ?? 'migrations';
    const rows = await this.reader
      .createQueryBuilder()
      .select('migration.name', 'name')
      .from(table, 'migration')
      .getRawMany<{ name: string }>();
    return pendingAfter(rows.map(({ name }) => name));
  }
}
