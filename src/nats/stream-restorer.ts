import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { EventLog } from '../events/event-log.js';
import {
  PrunedEventsError,
  NoSuchEventError,
  NoStreamError,
  RemovedDuplicateError,
  RestorationStoppedError,
  StreamNotWholeError,
} from './nats.errors.js';
import { RATES_CLIENT } from './rates-client.js';
import { RatesStream } from './rates-stream.js';
import { RelayPublisher } from './relay-publisher.js';

const RETRY_MS = 100;
/** Another message is the last one than the publisher thought. */
const REFUSED: readonly number[] = [
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
];

/** What to restore, and how. */
export interface Restoration {
  /** Events after this `seq`. */
  since: number;
  /** Empty a stream that holds something else first. */
  purge: boolean;
  /** Told of every `seq` that the stream has got. */
  onProgress: (seq: number) => void;
  /** Told when the stream does not take them yet, and why. */
  onPause: (reason: string) => void;
  /** Ends it between two batches. */
  stop: AbortSignal;
}

/**
 * Publishes the log again to a stream that was wiped: the same bytes, ids and order. It may run beside the service:
 * each message names the one that must precede it, so two publishers cannot interleave wrongly, and each continues
 * after the other's last message.
 */
@Injectable()
export class StreamRestorer {
  constructor(
    @Inject(RATES_CLIENT) private readonly client: ClientProxy,
    private readonly stream: RatesStream,
    private readonly publisher: RelayPublisher,
    private readonly log: EventLog,
  ) {}

  /**
   * Resolves when the stream holds the log after `since`.
   *
   * @throws NoStreamError, StreamNotWholeError, PrunedEventsError, NoSuchEventError, RestorationStoppedError,
   *   or what the broker answers
   */
  async restore(restoration: Restoration): Promise<void> {
    const { since } = restoration;
    const oldest = await this.log.oldestSeq();
    if (since + 1 < oldest) throw new PrunedEventsError(oldest);
    const newest = await this.log.newestSeq();
    if (since > newest) throw new NoSuchEventError(newest);
    for (;;) {
      const from = await this.begin(restoration);
      if (await this.publishAfter(from, restoration)) return;
      await sleep(RETRY_MS);
      rejectStopped(restoration);
    }
  }

  /** Looks at the stream, and returns the `seq` to go on after. */
  private async begin(restoration: Restoration): Promise<number> {
    const { since, purge } = restoration;
    const connection = this.client.unwrap<NatsConnection>();
    const sent = await this.publisher.takeOver(since);
    if (!this.stream.isKeptBy(connection)) throw new NoStreamError();
    const { messages, first, last } = await this.stream.extent(connection);
    if (messages === 0) return since;
    const isWhole =
      first && last && first.seq <= since + 1 && messages === last.seq - first.seq + 1;
    if (isWhole && sent === last.seq) return sent;
    if (!purge) throw new StreamNotWholeError(first?.seq, last?.seq);
    await this.stream.purge(connection);
    // The service may have stored something since: a stream is begun anew only when it is seen empty.
    return this.begin(restoration);
  }

  /** Returns false when the service published meanwhile, or when the stream still remembers what it has lost. */
  private async publishAfter(from: number, restoration: Restoration): Promise<boolean> {
    const { onProgress, onPause } = restoration;
    try {
      for (let sent = from; ;) {
        rejectStopped(restoration);
        const batch = await this.log.after(sent, this.publisher.batchSize);
        const last = batch.at(-1);
        if (!last) return true;
        await this.publisher.publish(batch);
        onProgress((sent = last.seq));
      }
    } catch (thrown) {
      if (thrown instanceof JetStreamApiError && REFUSED.includes(thrown.code)) return false;
      if (thrown instanceof RemovedDuplicateError) {
        const connection = this.client.unwrap<NatsConnection>();
        const seconds = await this.stream.duplicateWindowSeconds(connection);
        onPause(`${thrown.message}: in ${seconds} s at most, or when that is shortened`);
        return false;
      }
      throw thrown;
    }
  }
}

function rejectStopped({ stop }: Restoration): void {
  if (stop.aborted) throw new RestorationStoppedError();
}
