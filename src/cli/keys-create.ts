import { isKeyName, newApiKey, type Scope, SCOPES } from '../config/api-key.js';
import { runCommand, say, UsageError } from './command.js';
import { optionsIn } from './words.js';

const USAGE = `Makes an API key, prints it once, and the line that goes into API_KEYS. The key itself is kept nowhere.

  npm run keys:create -- --name <name> --scope <scope>

  --name   who has it: letters, digits, - and _; several keys may have one name
  --scope  write (rates, quarantine), tasks (asking the bank), or write+tasks`;

await runCommand(USAGE, (words) => {
  const { name, scope } = optionsIn(words, { name: { type: 'string' }, scope: { type: 'string' } });
  if (name === undefined || !isKeyName(name)) {
    throw new UsageError('--name must be 1 to 64 letters, digits, - or _');
  }
  const { key, line } = newApiKey(name, scopesIn(scope));
  say(`Key of ${name}, shown this once:`);
  say(`  ${key}`);
  say('Its line for API_KEYS (several are separated by commas):');
  say(`  ${line}`);
  return Promise.resolve(0);
});

function scopesIn(text: string | undefined): Scope[] {
  const words = new Set(text?.split('+'));
  const scopes = SCOPES.filter((scope) => words.has(scope));
  if (scopes.length === 0 || scopes.length !== words.size) {
    throw new UsageError('--scope must be write, tasks or write+tasks');
  }
  return scopes;
}
