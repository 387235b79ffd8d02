import { Command } from 'nest-commander';
import { SystemClock } from '../common/clock.js';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import { EX_CONFIG, EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { type Finding, findingLines } from './finding.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';

@Command({
  name: 'doctor',
  description: 'Checks settings, database, bank, clock, broker and service, and says what to do',
})
export class DoctorCommand extends KursCommand {
  protected readonly notes = `Nothing is changed: no file is made, no migration runs. The bank is asked for its newest sheet once.
Exit code 0 when nothing is "bad", 1 when something is, 78 when a setting is wrong.

Example:
  kurs doctor`;

  protected override async execute(): Promise<number> {
    const bad = new Set<string>();
    const tell = (finding: Finding) => {
      say(findingLines(finding));
      if (finding.state === 'bad') bad.add(finding.subject);
    };
    let settings;
    try {
      settings = settingsFromProcess();
    } catch (thrown) {
      if (!(thrown instanceof BadSettingsError)) throw thrown;
      for (const complaint of thrown.complaints) {
        tell({ subject: 'settings', state: 'bad', text: complaint });
      }
      say('README.md describes every setting; they come from the environment, or from .env here');
      return EX_CONFIG;
    }
    const { examinations } = await import('./examinations.js');
    for await (const finding of examinations(settings, new SystemClock())) tell(finding);
    say(bad.size === 0 ? 'All is well' : `Something is wrong with: ${[...bad].join(', ')}`);
    return bad.size === 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  }
}
