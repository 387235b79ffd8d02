import type { Command } from 'commander';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import { withExistingDatabase } from './application-context.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { seqFrom } from './option-values.js';
import { print } from './print.js';

const NOTES = `Publishes the same bytes with the same ids in the same order, with or without a running service. Needs
NATS_URL.

Examples:
  kurs events:republish --since 0
  kurs events:republish --since 0 --purge`;

/** Progress is printed once per this number of events. */
const PROGRESS_EVENTS = 10_000;

interface Options {
  since: number;
  purge?: boolean;
}

export function eventsRepublishCommand(): Command {
  return kursCommand({
    name: 'events:republish',
    description: 'Publishes the event log again to a JetStream stream that has lost it',
    notes: NOTES,
    run: republish,
  })
    .requiredOption(
      '--since <seq>',
      'publishes the events after this seq; 0 publishes all that the log keeps',
      seqFrom,
    )
    .option(
      '--purge',
      'empties the stream first, if the log cannot be appended to it in order; without it, such a stream is reported and nothing is sent',
    );
}

async function republish({ since, purge = false }: Options): Promise<number> {
  if (settingsFromProcess().NATS_URL === '') {
    throw new BadSettingsError(['NATS_URL is empty: there is no broker']);
  }
  const { RepublishModule } = await import('../nats/republish.module.js');
  const { BrokerConnection } = await import('../nats/broker-connection.js');
  const { StreamRestorer } = await import('../nats/stream-restorer.js');
  return withExistingDatabase(RepublishModule, 'any version', async (context, stop) => {
    await context.get(BrokerConnection, { strict: false }).made();
    let [reached, printed] = [0, 0];
    const onProgress = (seq: number) => {
      reached = seq;
      if (seq - printed < PROGRESS_EVENTS) return;
      printed = seq;
      print(`Published up to event ${seq}`);
    };
    let printedReason = '';
    const onPause = (reason: string) => {
      if (reason !== printedReason) print(reason);
      printedReason = reason;
    };
    const restorer = context.get(StreamRestorer, { strict: false });
    await restorer.restore({ since, purge, onProgress, onPause, stop });
    print(reached > 0 ? `The stream has all events up to ${reached}` : 'No event was missing');
    return EXIT_SUCCESS;
  });
}
