import { Injectable } from '@nestjs/common';
import { RateBooks } from '../rates/book/index.js';
import { CurrentRates } from '../rates/reading/index.js';
import { Snapshot } from './snapshot.js';

/** Makes snapshots for new clients; one is shared while the data do not change. */
@Injectable()
export class Snapshots {
  private latest: { of: ReturnType<CurrentRates['current']>; snapshot: Snapshot } | undefined;

  constructor(
    private readonly books: RateBooks,
    private readonly rates: CurrentRates,
  ) {}

  /** The current snapshot; waits until the stored rates are loaded. */
  async current(): Promise<Snapshot> {
    await this.books.loaded();
    const of = this.rates.current();
    if (this.latest?.of !== of) {
      const { logId, seq } = of.position;
      this.latest = { of, snapshot: new Snapshot({ logId, seq }, of.rows) };
    }
    return this.latest.snapshot;
  }
}
