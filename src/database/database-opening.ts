import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { DataSource, DataSourceOptions, EntitySchema } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { Connections, type DatabaseRole } from './connections.js';
import { readerOptions } from './data-source.options.js';

/** Opens all connections of an application when TypeOrmModule requests the reading one. */
export class DatabaseOpening {
  private opened: Connections | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly role: DatabaseRole,
  ) {}

  /** Options of the reading data source; each room adds its tables by `TypeOrmModule.forFeature`. */
  options(): TypeOrmModuleOptions {
    // No retries: a database that cannot be opened ends the start with its own error.
    return { ...readerOptions(this.settings, []), autoLoadEntities: true, toRetry: () => false };
  }

  /** @throws what Connections.open throws */
  async reader(options?: DataSourceOptions): Promise<DataSource> {
    const tables = (options?.entities ?? []) as (NewableFunction | EntitySchema)[];
    this.opened = await Connections.open(this.settings, tables, this.role);
    return this.opened.reader;
  }

  get connections(): Connections {
    if (!this.opened) throw new TypeError('The database is not open yet');
    return this.opened;
  }
}
