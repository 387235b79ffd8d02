import { CommandRunner } from 'nest-commander';
import { EXIT_CODES_HELP } from './exit-codes.js';

/** Of the library that nest-commander stands on: it hands one to each command. */
export type CommanderCommand = Parameters<CommandRunner['setCommand']>[0];

/**
 * A command of `kurs`. It is made whenever any of them is called, `--help` included: so it takes
 * nothing in its constructor, and loads its part of the house only when it runs.
 */
export abstract class KursCommand extends CommandRunner {
  /** What follows the options in its help: examples, and what is worth knowing. */
  protected abstract readonly notes: string;

  /** nest-commander passes the settings of the program on to no command. */
  override setCommand(command: CommanderCommand): this {
    command
      .exitOverride()
      .showHelpAfterError()
      .allowExcessArguments(false)
      .addHelpText('after', () => `\n${this.notes}\n${EXIT_CODES_HELP}`);
    return super.setCommand(command);
  }

  override async run(words: string[], options = {}): Promise<void> {
    process.exitCode = await this.execute(options, words);
  }

  /** Returns the exit code. Each command has options of its own. */
  protected abstract execute(options: object, words: readonly string[]): Promise<number>;
}
