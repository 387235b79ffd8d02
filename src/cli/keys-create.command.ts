import { type Command, InvalidArgumentError } from 'commander';
import { isKeyName, newApiKey, type Scope, SCOPES } from '../config/api-key.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print } from './print.js';

const NOTES = `The key is not stored: API_KEYS holds its SHA-256. No database is opened.

Examples:
  kurs keys:create --name erp --scope write
  kurs keys:create --name scheduler --scope write+tasks`;

interface Options {
  name: string;
  scope: Scope[];
}

export function keysCreateCommand(): Command {
  return kursCommand({
    name: 'keys:create',
    description: 'Creates an API key; prints it once, with its entry for API_KEYS',
    notes: NOTES,
    run: createKey,
  })
    .requiredOption(
      '--name <name>',
      'name of its holder: letters, digits, - and _; several keys may share a name',
      nameFrom,
    )
    .requiredOption(
      '--scope <scope>',
      'write (rates and quarantine), tasks (fetching), or write+tasks',
      scopesFrom,
    );
}

function createKey({ name, scope }: Options): Promise<number> {
  const { key, line } = newApiKey(name, scope);
  print(`Key of ${name}, not shown again:`);
  print(`  ${key}`);
  print('Entry for API_KEYS, which separates entries by commas:');
  print(`  ${line}`);
  return Promise.resolve(EXIT_SUCCESS);
}

/** @throws InvalidArgumentError */
function nameFrom(text: string): string {
  if (isKeyName(text)) return text;
  throw new InvalidArgumentError('Expected 1 to 64 letters, digits, - or _.');
}

/** @throws InvalidArgumentError */
function scopesFrom(text: string): Scope[] {
  const words = new Set(text.split('+'));
  const scopes = SCOPES.filter((scope) => words.has(scope));
  if (scopes.length > 0 && scopes.length === words.size) return scopes;
  throw new InvalidArgumentError('Expected write, tasks or write+tasks.');
}
