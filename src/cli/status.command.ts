import type { Command } from 'commander';
import { settingsFromProcess } from '../config/environment.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { urlFrom } from './option-values.js';
import { print } from './print.js';
import { addressOf, requestStatus } from './running-service.js';
import { statusText } from './status-text.js';

const NOTES = `Exit code 1 when no service answers. "kurs doctor" and the probes /health/live and /health/ready judge
whether the status is good.

Examples:
  kurs status
  kurs status --json
  kurs status --url https://rates.example.com`;

interface Options {
  url?: string;
  json?: boolean;
}

export function statusCommand(): Command {
  return kursCommand({
    name: 'status',
    description: 'Shows what the running service is doing',
    notes: NOTES,
    run: status,
  })
    .option(
      '--url <address>',
      'address of the service; default from HOST and PORT, http://127.0.0.1:3000',
      urlFrom,
    )
    .option('--json', 'the answer of GET /v1/status, unchanged');
}

async function status({ url, json }: Options): Promise<number> {
  const address = url ?? addressOf(settingsFromProcess());
  const answer = await requestStatus(address);
  print(json ? JSON.stringify(answer, null, 2) : statusText(address, answer));
  return EXIT_SUCCESS;
}
