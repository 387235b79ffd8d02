import { Command, Option } from 'nest-commander';
import { settingsFromProcess } from '../config/environment.js';
import { UsageError } from './cli.errors.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { KursCommand } from './kurs-command.js';
import { addressOf, askForStatus } from './running-service.js';
import { say } from './say.js';
import { statusStory } from './status-story.js';

interface Options {
  url?: string;
  json?: boolean;
}

@Command({
  name: 'status',
  description: 'Asks the running service what it is doing',
})
export class StatusCommand extends KursCommand {
  protected readonly notes = `Exit code 1 when no service answers. Whether what it says is good is for "kurs doctor" and the probes
/health/live and /health/ready.

Examples:
  kurs status
  kurs status --json
  kurs status --url https://rates.example.com`;

  @Option({
    flags: '--url <address>',
    description: 'where the service answers; default by HOST and PORT, http://127.0.0.1:3000',
  })
  url(text: string): string {
    if (URL.canParse(text) && /^https?:/.test(text)) return text;
    throw new UsageError(
      `--url is "${text}", which is not an address such as http://127.0.0.1:3000`,
    );
  }

  @Option({ flags: '--json', description: 'the answer of GET /v1/status as it is' })
  json(): boolean {
    return true;
  }

  protected override async execute({ url, json = false }: Options): Promise<number> {
    const address = url ?? addressOf(settingsFromProcess());
    const status = await askForStatus(address);
    say(json ? JSON.stringify(status, null, 2) : statusStory(address, status));
    return EXIT_SUCCESS;
  }
}
