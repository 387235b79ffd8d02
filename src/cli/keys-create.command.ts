import { Command, Option } from 'nest-commander';
import { isKeyName, newApiKey, type Scope, SCOPES } from '../config/api-key.js';
import { UsageError } from './cli.errors.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';
import { needed } from './words.js';

interface Options {
  name?: string;
  scope?: Scope[];
}

@Command({
  name: 'keys:create',
  description: 'Makes an API key, prints it once, and the line that goes into API_KEYS',
})
export class KeysCreateCommand extends KursCommand {
  protected readonly notes = `The key itself is kept nowhere: API_KEYS holds its SHA-256. No database is opened.

Examples:
  kurs keys:create --name erp --scope write
  kurs keys:create --name scheduler --scope write+tasks`;

  @Option({
    flags: '--name <name>',
    description: 'who has it: letters, digits, - and _; several keys may have one name',
  })
  name(text: string): string {
    if (isKeyName(text)) return text;
    throw new UsageError('--name must be 1 to 64 letters, digits, - or _');
  }

  @Option({
    flags: '--scope <scope>',
    description: 'write (rates, quarantine), tasks (asking the bank), or write+tasks',
  })
  scope(text: string): Scope[] {
    const words = new Set(text.split('+'));
    const scopes = SCOPES.filter((scope) => words.has(scope));
    if (scopes.length > 0 && scopes.length === words.size) return scopes;
    throw new UsageError('--scope must be write, tasks or write+tasks');
  }

  protected override execute({ name, scope }: Options): Promise<number> {
    const { key, line } = newApiKey(needed('--name', name), needed('--scope', scope));
    say(`Key of ${name}, shown this once:`);
    say(`  ${key}`);
    say('Its line for API_KEYS (several are separated by commas):');
    say(`  ${line}`);
    return Promise.resolve(EXIT_SUCCESS);
  }
}
