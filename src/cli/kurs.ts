#!/usr/bin/env node
import { CommanderError } from 'commander';
import { reasonOf } from '../common/message-of.js';
import { BadSettingsError } from '../config/config.errors.js';
import { EX_CONFIG, EX_USAGE, EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { program } from './program.js';

/** Why the standard output could not be written. */
let outputFailure: unknown;
// A reader such as `head` may close the pipe early; the command completes all the same.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code === 'EPIPE') return;
  process.stderr.write(`The output cannot be written: ${reasonOf(failure)}\n`);
  outputFailure = failure;
  process.once('exit', () => (process.exitCode = EXIT_FAILURE));
});

try {
  await program().parseAsync();
} catch (thrown) {
  process.exitCode = exitCodeAfter(thrown);
}

/** Prints a failure in one line, unless commander or the handler above has printed it. */
function exitCodeAfter(thrown: unknown): number {
  // Thrown for --help and --version as well.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT_SUCCESS : EX_USAGE;
  if (thrown === outputFailure) return EXIT_FAILURE;
  process.stderr.write(`${reasonOf(thrown)}\n`);
  return thrown instanceof BadSettingsError ? EX_CONFIG : EXIT_FAILURE;
}
