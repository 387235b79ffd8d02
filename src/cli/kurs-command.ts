import { Command } from 'commander';
import { UsageError } from './cli.errors.js';
import { EXIT_CODES_HELP } from './exit-codes.js';

interface CommandDefinition<Words extends unknown[]> {
  name: string;
  description: string;
  /** Shown in its help below the options: details and examples. */
  notes: string;
  /** Receives the arguments in order, then the options. Returns the exit code. */
  run: (...words: Words) => Promise<number>;
}

/**
 * A command of `kurs`; the caller adds its arguments and options. All commands are created on every call,
 * also for `--help`, so a command imports modules that take long to load only when it runs.
 */
export function kursCommand<Words extends unknown[]>(
  definition: CommandDefinition<Words>,
): Command {
  const { name, description, notes, run } = definition;
  const command = new Command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError()
    .addHelpText('after', `\n${notes}\n${EXIT_CODES_HELP}`);
  return command.action(async (...words: unknown[]) => {
    try {
      process.exitCode = await run(...(words as Words));
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      command.error(`error: ${thrown.message}`);
    }
  });
}
