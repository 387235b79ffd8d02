import { BrokerConnection } from '../nats/broker-connection.js';
import { RepublishModule } from '../nats/republish.module.js';
import { StreamRestorer } from '../nats/stream-restorer.js';
import { inHouse, runCommand, say, UsageError } from './command.js';
import { optionsIn } from './words.js';

const USAGE = `Puts the event log back into a JetStream stream that was wiped: the same bytes, ids and order.
Works beside a running service or without one.

  npm run events:republish -- --since 0 [--purge]

  --since  events after this seq are sent; 0 is everything that the log keeps
  --purge  first removes what the stream holds, where the log cannot go on from it in order

Exit codes: 0 the stream holds the log; 1 it does not, and why was said; 64 the command line is not
understood; 78 a setting is wrong.`;

/** Said every so many events. */
const SAID_EVERY = 10_000;

await runCommand(USAGE, (words) => {
  const { since, purge } = optionsIn(words, {
    since: { type: 'string' },
    purge: { type: 'boolean', default: false },
  });
  if (since === undefined) throw new UsageError('--since is missing');
  if (!/^\d{1,15}$/.test(since)) throw new UsageError(`--since is "${since}", which is not a seq`);
  return republish(Number.parseInt(since, 10), purge);
});

function republish(since: number, purge: boolean): Promise<number> {
  return inHouse(RepublishModule, async (context) => {
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
    await restorer.restore({ since, purge, onProgress, onPause });
    say(
      reached > 0 ? `The stream holds the log up to event ${reached}` : 'The stream lacked nothing',
    );
    return 0;
  });
}
