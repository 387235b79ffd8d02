import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { pendingAfter } from './data-source.options.js';

/** Whether the database is as this version needs it: a backup of an older one may have been put in its place. */
@Injectable()
export class MigrationState {
  constructor(@InjectDataSource() private readonly reader: DataSource) {}

  /** The migrations of this version that the database lacks. Those of a newer version are no concern: they only add. */
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
