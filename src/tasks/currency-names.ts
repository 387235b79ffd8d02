import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { daysBetween, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { CurrencyQueries } from '../rates/storage/index.js';
import { HistoryRecorder } from '../rates/recording/index.js';
import { everyEntry } from './backfill-plan.js';
import type { PublishedSheet } from '../rates/model/index.js';

/** The dictionary is fetched again when it is older. */
const DICTIONARY_DAYS = 31;

/** Fetches the bank's dictionary: English names, which sheets lack, and the document itself. */
@Injectable()
export class CurrencyNames {
  /** IDs that were looked up already; some have no name in the dictionary. */
  private readonly asked = new Set<string>();

  constructor(
    private readonly cbr: CbrClient,
    private readonly history: HistoryRecorder,
    private readonly currencies: CurrencyQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * Fetches the dictionary if currencies lack an English name, or if the stored dictionary is older than a month.
   *
   * @throws CbrError; retried next time
   */
  async complete(newest: PublishedSheet, stop: AbortSignal): Promise<void> {
    const unnamed = (await this.currencies.unnamed()).filter((id) => !this.asked.has(id));
    if (unnamed.length === 0 && (await this.isDictionaryRecent())) return;
    const { entries, document } = await this.cbr.dictionary(stop);
    const dictionary = { entries: everyEntry(entries, newest), document };
    await this.history.learn(dictionary, () => Promise.resolve());
    for (const id of unnamed) this.asked.add(id);
  }

  private async isDictionaryRecent(): Promise<boolean> {
    const date = await this.currencies.dictionaryDate();
    return date !== null && daysBetween(date, moscowDate(this.clock.now())) <= DICTIONARY_DAYS;
  }
}
