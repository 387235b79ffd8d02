import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import { KursLogger } from '../config/kurs.logger.js';
import { CommandModule } from './command.module.js';

export const EXIT_FAILURE = 1;
/** sysexits.h: the command was used incorrectly; something is misconfigured. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

/** The command line cannot be understood. */
export class UsageError extends KursError {
  constructor(reason: string) {
    super('cli.usage', reason);
  }
}

/** What a command does in its part of the house; returns the exit code. */
type Work = (context: INestApplicationContext, stop: AbortSignal) => Promise<number>;

/** Runs a command to its exit code: `main` reads the words, and every failure ends in one line. */
export async function runCommand(
  usage: string,
  main: (words: string[]) => Promise<number>,
): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) {
    say(usage);
    return;
  }
  try {
    process.exitCode = await main(words);
  } catch (thrown) {
    const isUsage = thrown instanceof UsageError;
    process.stderr.write(`${messageOf(thrown)}\n${isUsage ? `\n${usage}\n` : ''}`);
    process.exitCode = exitCodeOf(thrown);
  }
}

function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof UsageError) return EX_USAGE;
  return thrown instanceof BadSettingsError ? EX_CONFIG : EXIT_FAILURE;
}

/** Opens the database and `room` for `work`, and closes them again. SIGTERM and SIGINT abort its signal. */
export async function inHouse(room: Type, work: Work): Promise<number> {
  const settings = settingsFromProcess();
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

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
