import { DataSource } from 'typeorm';
import { settingsFromProcess } from './src/config/environment.js';
import { migratorOptions } from './src/database/data-source.options.js';

/**
 * The database for TypeORM's command line, from the same options that the service uses:
 * `npm run migrations -- migration:show -d ormconfig.ts`.
 */
export default new DataSource(migratorOptions(settingsFromProcess()));
