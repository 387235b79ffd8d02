#!/usr/bin/env node
import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { reasonOf } from '../common/message-of.js';
import { BadSettingsError } from '../config/config.errors.js';
import { VERSION } from '../config/version.js';
import { UsageError } from './cli.errors.js';
import { CommandsModule } from './commands.module.js';
import { EX_CONFIG, EX_USAGE, EXIT_FAILURE } from './exit-codes.js';
import { Program } from './program.js';

/** What commander throws instead of ending the process: help and version were asked for, or the words make no sense. */
interface CommanderError {
  code: string;
  exitCode: number;
}

/** What the standard output had no room for, or could not take for another reason. */
let outputFailure: unknown;
// A reader such as `head` may leave before everything is said; what a command does, it does all the same.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code === 'EPIPE') return;
  process.stderr.write(`The output cannot be written: ${reasonOf(failure)}\n`);
  outputFailure = failure;
  process.once('exit', () => (process.exitCode = EXIT_FAILURE));
});

const app = await CommandFactory.createWithoutRunning(CommandsModule, {
  logger: false,
  abortOnError: false,
  version: VERSION,
  errorHandler: (thrown) => {
    throw thrown;
  },
  serviceErrorHandler: tell,
});
await CommandFactory.runApplication(app);
await app.close();

/** Every failure ends in one line; a command line that is not understood is followed by how it is used. */
function tell(thrown: unknown): void {
  if (isCommanderError(thrown)) {
    process.exitCode = thrown.exitCode === 0 ? 0 : EX_USAGE;
    return;
  }
  if (thrown === outputFailure) return;
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = thrown instanceof BadSettingsError ? EX_CONFIG : EXIT_FAILURE;
  if (!(thrown instanceof UsageError)) return;
  process.exitCode = EX_USAGE;
  const { commander } = app.get(Program, { strict: false });
  const used = commander.commands.find((command) => command.name() === process.argv[2]);
  process.stderr.write('\n');
  (used ?? commander).outputHelp({ error: true });
}

/** commander has said what is wrong. */
function isCommanderError(thrown: unknown): thrown is CommanderError {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('commander.');
}
