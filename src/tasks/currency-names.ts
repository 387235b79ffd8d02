import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CurrencyQueries } from '../rates/storage/index.js';
import { HistoryRecorder } from '../rates/recording/index.js';
import { everyEntry } from './backfill-plan.js';
import type { PublishedSheet } from '../rates/model/index.js';

/** Looks up English names, which sheets lack, in the bank's dictionary. */
@Injectable()
export class CurrencyNames {
  /** IDs that were looked up already; some have no name in the dictionary. */
  private readonly asked = new Set<string>();

  constructor(
    private readonly cbr: CbrClient,
    private readonly history: HistoryRecorder,
    private readonly currencies: CurrencyQueries,
  ) {}

  /** Fetches the dictionary once for the currencies without an English name. @throws CbrError; retried next time */
  async complete(newest: PublishedSheet, stop: AbortSignal): Promise<void> {
    const unnamed = (await this.currencies.unnamed()).filter((id) => !this.asked.has(id));
    if (unnamed.length === 0) return;
    const entries = everyEntry(await this.cbr.dictionary(stop), newest);
    await this.history.learn(entries, () => Promise.resolve());
    for (const id of unnamed) this.asked.add(id);
  }
}
