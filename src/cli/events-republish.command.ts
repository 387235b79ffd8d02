import { Command, Option } from 'nest-commander';
import { BadSettingsError } from '../config/config.errors.js';
import { settingsFromProcess } from '../config/environment.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { inExistingHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';
import { needed, seqIn } from './words.js';

interface Options {
  since?: number;
  purge?: boolean;
}

/** Said every so many events. */
const SAID_EVERY = 10_000;

@Command({
  name: 'events:republish',
  description: 'Puts the event log back into a JetStream stream that was wiped',
})
export class EventsRepublishCommand extends KursCommand {
  protected readonly notes = `The same bytes, ids and order, beside a running service or without one. Needs NATS_URL.

Examples:
  kurs events:republish --since 0
  kurs events:republish --since 0 --purge`;

  @Option({
    flags: '--since <seq>',
    description: 'events after this seq are sent; 0 is everything that the log keeps',
  })
  since(text: string): number {
    return seqIn('--since', text);
  }

  @Option({
    flags: '--purge',
    description:
      'first removes what the stream holds, where the log cannot go on from it in order; default: says so and sends nothing',
  })
  purge(): boolean {
    return true;
  }

  protected override async execute({ since, purge = false }: Options): Promise<number> {
    const from = needed('--since', since);
    if (settingsFromProcess().NATS_URL === '') {
      throw new BadSettingsError(['NATS_URL is empty: there is no broker']);
    }
    return republish(from, purge);
  }
}

async function republish(since: number, purge: boolean): Promise<number> {
  const { RepublishModule } = await import('../nats/republish.module.js');
  const { BrokerConnection } = await import('../nats/broker-connection.js');
  const { StreamRestorer } = await import('../nats/stream-restorer.js');
  return inExistingHouse(RepublishModule, 'any version', async (context, stop) => {
    await context.get(BrokerConnection, { strict: false }).made();
    let [reached, said] = [0, 0];
    const onProgress = (seq: number) => {
      reached = seq;
      if (seq - said < SAID_EVERY) return;
      said = seq;
      say(`Sent up to event ${seq}`);
    };
    let reasonSaid = '';
    const onPause = (reason: string) => {
      if (reason !== reasonSaid) say(reason);
      reasonSaid = reason;
    };
    const restorer = context.get(StreamRestorer, { strict: false });
    await restorer.restore({ since, purge, onProgress, onPause, stop });
    say(
      reached > 0 ? `The stream holds the log up to event ${reached}` : 'The stream lacked nothing',
    );
    return EXIT_SUCCESS;
  });
}
