import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { type Checkpoint, CurrencyQueries } from '../rates/storage/index.js';
import type { PublishedDictionary, PublishedSheet } from '../rates/model/index.js';
import { HistoryRecorder } from '../rates/recording/index.js';
import { everyEntry, type Target, targetsOf } from './backfill-plan.js';

/** Currencies to load, and the dictionary they come from. */
export interface FoundTargets {
  dictionary: PublishedDictionary;
  targets: readonly Target[];
}

/** Finds the currencies to load in the bank's dictionary, its newest sheet and the database. */
@Injectable()
export class BackfillTargets {
  constructor(
    private readonly cbr: CbrClient,
    private readonly history: HistoryRecorder,
    private readonly currencies: CurrencyQueries,
  ) {}

  /** @throws CbrError, ImpossibleBackfillError for an unknown code */
  async find(
    codes: readonly string[] | undefined,
    newest: PublishedSheet,
    stop: AbortSignal,
  ): Promise<FoundTargets> {
    const { entries: listed, document } = await this.cbr.dictionary(stop);
    const entries = everyEntry(listed, newest);
    const ids = new Set(entries.map(({ cbr_id }) => cbr_id));
    const strays = await this.currencies.strays(ids);
    return { dictionary: { entries, document }, targets: targetsOf(entries, codes, strays) };
  }

  /** Currencies stored since then whose IDs were not found. */
  async strays({ targets }: FoundTargets): Promise<Target[]> {
    const ids = new Set(targets.flatMap(({ cbr_id, answersFor }) => [cbr_id, ...answersFor]));
    const strays = await this.currencies.strays(ids);
    return strays.map(({ cbr_id, code }) => ({ cbr_id, code, isGuess: true, answersFor: [] }));
  }

  /** Stores the dictionary, its names and its codes. */
  learn({ dictionary }: FoundTargets, checkpoint: Checkpoint): Promise<void> {
    return this.history.learn(dictionary, checkpoint);
  }
}
