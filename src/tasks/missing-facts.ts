import { Injectable } from '@nestjs/common';
import { firstGap } from '../common/date-range.js';
import { CurrencyQueries } from '../rates/storage/index.js';
import { LAST_MONTHLY_DAY, type PublishedSheet, seriesOfUnlisted } from '../rates/model/index.js';
import { BackfillClaims } from './backfill-claims.js';
import { CurrencyNames } from './currency-names.js';
import { type FactsContext, SeriesFacts, timeBefore2010 } from './series-facts.js';

/**
 * Loads what sheets lack (English names) and what older versions did not load (how long their fixings hold). Needs
 * no claim: it is idempotent, also when run concurrently.
 */
@Injectable()
export class MissingFacts {
  constructor(
    private readonly facts: SeriesFacts,
    private readonly currencies: CurrencyQueries,
    private readonly names: CurrencyNames,
    private readonly claims: BackfillClaims,
  ) {}

  /** @throws CbrError; continues next time */
  async complete(newest: PublishedSheet, stop: AbortSignal): Promise<void> {
    await this.names.complete(newest, stop);
    // A run that loads history does this itself.
    if (await this.claims.isTaken()) return;
    const known = await this.facts.loadedDays();
    const checkpoint = () => Promise.resolve();
    const context = { known, newest: newest.effective_date, checkpoint, stop };
    for (const range of known.any) {
      if (firstGap(known.calendar, range)) await this.facts.learnCalendar(range, context);
    }
    await this.learnRhythms(context);
  }

  private async learnRhythms(context: FactsContext): Promise<void> {
    const { known, newest } = context;
    if (!known.any.some(({ from }) => from <= LAST_MONTHLY_DAY)) return;
    for (const { cbr_id, code } of (await this.currencies.list()).all) {
      const isLoaded = known.asked(cbr_id).some(({ from }) => from <= LAST_MONTHLY_DAY);
      if (!isLoaded || known.setting.isKnown(cbr_id, timeBefore2010(newest))) continue;
      const series = seriesOfUnlisted(cbr_id);
      const target = { cbr_id: series ?? cbr_id, code, isGuess: true };
      const answersFor = series === undefined ? [] : [cbr_id];
      await this.facts.learnRhythm({ ...target, answersFor }, undefined, context);
    }
  }
}
