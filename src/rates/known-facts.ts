import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import { type Coverage, CoverageBook } from './coverage-book.js';
import { CurrencyQueries } from './currency.queries.js';
import type { CurrencyList } from './currency-list.js';
import type { HeldDays } from './held-days.js';
import type { MissingCodes } from './missing-sheets.js';
import { END_OF_TIME, SheetCalendar } from './sheet-calendar.js';
import type { LastSet } from './speaking-id.js';

/** What is known besides the rates themselves: every question about rates begins with it. */
export interface Known {
  coverage: Coverage;
  currencies: CurrencyList;
  /** The last fixings of IDs that share a letter code. */
  lastSet: LastSet;
  held: HeldDays;
  /** What is missing now: nothing is known of what was at an earlier instant. */
  missing: MissingCodes;
  /** The date of the newest sheet; null before the first. */
  newestSheet: CalendarDate | null;
}

/** Knows what changes with `data_version` alone, and reads it once for each. */
@Injectable()
export class KnownFacts {
  private latest: { version: string; facts: Promise<Known> } | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly coverage: CoverageBook,
    private readonly currencies: CurrencyQueries,
    private readonly calendar: SheetCalendar,
  ) {}

  /** What is known now, never older than this question; with `asOf` what was known at that instant. */
  async at(asOf: Date | undefined): Promise<Known> {
    if (asOf) return this.read(asOf);
    const { log_id, data_version } = await this.reader.store();
    const version = `${log_id} ${data_version}`;
    if (this.latest?.version !== version) this.latest = { version, facts: this.read(undefined) };
    const { facts } = this.latest;
    try {
      return await facts;
    } catch (failure) {
      // Whoever asks next reads again.
      if (this.latest.facts === facts) this.latest = undefined;
      throw failure;
    }
  }

  private async read(asOf: Date | undefined): Promise<Known> {
    const [coverage, currencies, held, newestSheet, missing] = await Promise.all([
      this.coverage.read(asOf),
      this.currencies.list(),
      this.calendar.held(asOf),
      this.calendar.newest(END_OF_TIME, asOf),
      asOf ? NOTHING_MISSING : this.calendar.missing(),
    ]);
    const lastSet = await this.currencies.lastSet(currencies.sharing.flat(), asOf);
    return { coverage, currencies, lastSet, held, newestSheet, missing };
  }
}

const NOTHING_MISSING: MissingCodes = new Map();
