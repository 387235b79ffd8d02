import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CurrencyQueries } from '../rates/storage/index.js';
import { HistoryRecorder } from '../rates/recording/index.js';
import { everyEntry } from './backfill-plan.js';
import type { PublishedSheet } from '../rates/model/index.js';

/** Finds the English names that a sheet leaves out, in the bank's dictionary. */
@Injectable()
export class CurrencyNames {
  /** The dictionary was asked about these already; some it does not have. */
  private readonly asked = new Set<string>();

  constructor(
    private readonly cbr: CbrClient,
    private readonly history: HistoryRecorder,
    private readonly currencies: CurrencyQueries,
  ) {}

  /** Asks once for each currency without an English name. @throws CbrError; then it asks again next time */
  async complete(newest: PublishedSheet, stop: AbortSignal): Promise<void> {
    const unnamed = (await this.currencies.unnamed()).filter((id) => !this.asked.has(id));
    if (unnamed.length === 0) return;
    const entries = everyEntry(await this.cbr.dictionary(stop), newest);
    await this.history.learn(entries, () => Promise.resolve());
    for (const id of unnamed) this.asked.add(id);
  }
}
