import type { Command } from 'commander';
import { SystemClock } from '../common/clock.js';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import type { Settings } from '../config/settings.js';
import { EX_CONFIG, EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { type Finding, findingLines } from './finding.js';
import { kursCommand } from './kurs-command.js';
import { print } from './print.js';

const NOTES = `Changes nothing: creates no file, runs no migration. Requests the newest sheet from the bank once.
Exit code 0 when no finding is "bad", 1 when one is, 78 when a setting is invalid.

Example:
  kurs doctor`;

export function doctorCommand(): Command {
  return kursCommand({
    name: 'doctor',
    description: 'Checks settings, database, bank, clock, broker and service, and suggests fixes',
    notes: NOTES,
    run: doctor,
  });
}

async function doctor(): Promise<number> {
  let settings: Settings;
  try {
    settings = settingsFromProcess();
  } catch (thrown) {
    if (!(thrown instanceof BadSettingsError)) throw thrown;
    for (const text of thrown.complaints) {
      print(findingLines({ subject: 'settings', state: 'bad', text }));
    }
    print(
      'docs/reference/settings.md describes all settings; they come from the environment or from .env',
    );
    return EX_CONFIG;
  }
  const { doctorChecks } = await import('./doctor-checks.js');
  const bad = new Set<Finding['subject']>();
  for await (const finding of doctorChecks(settings, new SystemClock())) {
    print(findingLines(finding));
    if (finding.state === 'bad') bad.add(finding.subject);
  }
  print(bad.size === 0 ? 'No problems found' : `Problems found: ${[...bad].join(', ')}`);
  return bad.size === 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
