import { Injectable } from '@nestjs/common';
import { RateBooks } from '../rates/book/index.js';
import { CurrentRates } from '../rates/reading/index.js';
import { Snapshot } from './snapshot.js';

/** Makes the snapshots that clients begin with, one for all who ask of the same state of the data. */
@Injectable()
export class Snapshots {
  private latest: { of: ReturnType<CurrentRates['read']>; snapshot: Snapshot } | undefined;

  constructor(
    private readonly books: RateBooks,
    private readonly rates: CurrentRates,
  ) {}

  /** What is current now, or when the stored rates are loaded. */
  async current(): Promise<Snapshot> {
    await this.books.loaded();
    const of = this.rates.read();
    if (this.latest?.of !== of) {
      const { logId, seq } = of.position;
      this.latest = { of, snapshot: new Snapshot({ logId, seq }, of.rows) };
    }
    return this.latest.snapshot;
  }
}
