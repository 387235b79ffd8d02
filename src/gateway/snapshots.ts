import { Injectable } from '@nestjs/common';
import { SharedRead } from '../common/shared-read.js';
import { EventLog } from '../events/event-log.js';
import { LogIdentity } from '../events/log-identity.js';
import { CurrentRates } from '../rates/current-rates.js';
import { Snapshot } from './snapshot.js';

/** Makes the snapshots that clients begin with, one for all who ask at the same time. */
@Injectable()
export class Snapshots {
  private readonly reading = new SharedRead(() => this.read());

  constructor(
    private readonly identity: LogIdentity,
    private readonly log: EventLog,
    private readonly rates: CurrentRates,
  ) {}

  /** What is current now. */
  current(): Promise<Snapshot> {
    return this.reading.ask();
  }

  private async read(): Promise<Snapshot> {
    // The place first: what is committed between the two reads is sent once more, never left out.
    const logId = await this.identity.current();
    const seq = await this.log.newestSeq();
    return new Snapshot({ logId, seq }, await this.rates.rows());
  }
}
