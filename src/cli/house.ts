import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { settingsFromProcess } from '../config/environment.js';
import { KursLogger } from '../config/kurs.logger.js';
import type { Settings } from '../config/settings.js';

/** What a command does in its part of the house; returns the exit code. */
type Work = (context: INestApplicationContext, stop: AbortSignal) => Promise<number>;

/** Opens the database and `room` for `work`, and closes them again. SIGTERM and SIGINT abort its signal. */
export async function inHouse(
  room: Type,
  work: Work,
  settings = settingsFromProcess(),
): Promise<number> {
  // TypeORM and the tables take their time: only commands that need them wait for them.
  const { CommandModule } = await import('./command.module.js');
  const context = await NestFactory.createApplicationContext(
    CommandModule.register(settings, room),
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

/** The same on a database that is there: none is made, and where `this version` is wanted none is migrated. */
export async function inExistingHouse(
  room: Type,
  wanted: 'any version' | 'this version',
  work: Work,
): Promise<number> {
  const settings = settingsFromProcess();
  const { requireDatabase } = await import('../database/required-database.js');
  await requireDatabase(settings, wanted);
  return inHouse(room, work, settings);
}

/** The same settings for another database: one that is made ready before it takes the place of this one. */
export function settingsFor(settings: Settings, sqlitePath: string): Settings {
  return Object.assign(Object.create(Object.getPrototypeOf(settings) as object) as Settings, {
    ...settings,
    DATABASE_URL: `sqlite:${sqlitePath}`,
  });
}
