import { DataSource } from 'typeorm';
import { settingsFromProcess } from './src/config/environment.js';
import { migratorOptions } from './src/database/data-source.options.js';

/**
 * Data source for TypeORM's command line, with the options of the service: `npm run migrations -- migration:show -d
 * ormconfig.ts`.
 */
export default new DataSource(migratorOptions(settingsFromProcess()));
