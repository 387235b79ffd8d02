import type { INestApplicationContext, Type } from '@nestjs/common';
import { settingsFromProcess } from '../config/environment.js';
import type { Settings } from '../config/settings.js';

/** What a command does once its modules are initialized; returns the exit code. */
type Work = (context: INestApplicationContext, stop: AbortSignal) => Promise<number>;

/** Opens the database, migrates it, initializes `module` for `work`, and closes both. SIGTERM and SIGINT abort `stop`. */
export async function withApplicationContext(
  module: Type,
  work: Work,
  settings = settingsFromProcess(),
): Promise<number> {
  const { NestFactory } = await import('@nestjs/core');
  const { KursLogger } = await import('../config/kurs.logger.js');
  const { CommandModule } = await import('./command.module.js');
  const context = await NestFactory.createApplicationContext(
    CommandModule.register(settings, module),
    { logger: new KursLogger(settings), abortOnError: false },
  );
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  try {
    return await work(context, stop.signal);
  } finally {
    await context.close();
  }
}

/** The same for an existing database: none is created, and with `this version` none is migrated. */
export async function withExistingDatabase(
  module: Type,
  wanted: 'any version' | 'this version',
  work: Work,
): Promise<number> {
  const settings = settingsFromProcess();
  const { requireDatabase } = await import('../database/required-database.js');
  await requireDatabase(settings, wanted);
  return withApplicationContext(module, work, settings);
}

/** The same settings for another SQLite file. */
export function settingsFor(settings: Settings, sqlitePath: string): Settings {
  return changed(settings, { DATABASE_URL: `sqlite:${sqlitePath}` });
}

/** The same settings with another server of the bank's XML. */
export function settingsAgainst(settings: Settings, address: string): Settings {
  return changed(settings, { CBR_BASE_URL: address });
}

function changed(settings: Settings, changes: Partial<Settings>): Settings {
  const copy = Object.create(Object.getPrototypeOf(settings) as object) as Settings;
  return Object.assign(copy, { ...settings, ...changes });
}
