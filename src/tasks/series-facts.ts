import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, earlier } from '../common/calendar-date.js';
import { type DateRange, firstGap } from '../common/date-range.js';
import { type Checkpoint, StoredCoverage } from '../rates/storage/index.js';
import {
  type Coverage,
  type CurrencySeries,
  IN_EVERY_SHEET,
  MONTHLY_DAYS,
  type SettingPeriod,
  settingPeriodsOf,
} from '../rates/model/index.js';
import { SeriesFactsRecorder } from '../rates/recording/index.js';
import { requireDays, type Target } from './backfill-plan.js';

/** State at the start of a run, and its checkpoint. */
export interface FactsContext {
  known: Coverage;
  /** Date of the newest sheet; later days are unknown. */
  newest: CalendarDate;
  checkpoint: Checkpoint;
  stop: AbortSignal;
}

/**
 * Loads and stores, once, what decides how long fixings hold: how often each currency was set before 2010, and on
 * which days sheets were published.
 */
@Injectable()
export class SeriesFacts {
  constructor(
    private readonly cbr: CbrClient,
    private readonly recorder: SeriesFactsRecorder,
    private readonly coverage: StoredCoverage,
  ) {}

  /** What is stored. */
  loadedDays(): Promise<Coverage> {
    return this.coverage.loadedDays();
  }

  /**
   * Stores how often a currency was set before 2010, unless it is stored.
   *
   * @param answer its series, as far as it was fetched already
   * @returns its whole series until 2010, if it was fetched
   * @throws CbrError
   */
  async learnRhythm(
    target: Target,
    answer: CurrencySeries | undefined,
    { known, newest, checkpoint, stop }: FactsContext,
  ): Promise<CurrencySeries | undefined> {
    const time = timeBefore2010(newest);
    const ids = [target.cbr_id, ...target.answersFor];
    const isWhole = answer && answer.range.from <= time.from && answer.range.to >= time.to;
    if (!isWhole && ids.every((id) => known.setting.isKnown(id, time))) return undefined;
    const series = isWhole ? answer : await this.ask(target, time, stop);
    await this.recorder.recordSetting(periodsIn(series, ids, time), checkpoint);
    return series;
  }

  /**
   * Stores the days of sheets of a range, unless they are stored: the days of the dollar's series, as every sheet
   * has the dollar.
   *
   * @throws CbrError
   */
  async learnCalendar(range: DateRange, { known, checkpoint, stop }: FactsContext): Promise<void> {
    if (firstGap(known.calendar, range) === undefined) return;
    const series = await this.cbr.series(IN_EVERY_SHEET, range, stop);
    requireDays(series, range);
    await this.recorder.recordSheetDays(daysOfSheets(series, range), range, checkpoint);
  }

  /** Stores the days of sheets before a range from the dollar's series, without figures. */
  async recordLead(
    series: CurrencySeries,
    { range, checkpoint }: Pick<FactsContext, 'checkpoint'> & { range: DateRange },
  ): Promise<void> {
    const lead = { from: series.range.from, to: range.from };
    await this.recorder.recordSheetDays(daysOfSheets(series, lead), lead, checkpoint);
  }

  /** Stores that a range of a currency without a series is completely loaded. */
  coverWithout({ cbr_id }: Target, range: DateRange, { checkpoint }: FactsContext): Promise<void> {
    return this.recorder.recordCoverage(cbr_id, range, checkpoint);
  }

  /** For an ID in no dictionary the bank may have no series: then only sheets decide. */
  private async ask(
    { cbr_id, isGuess }: Target,
    range: DateRange,
    stop: AbortSignal,
  ): Promise<CurrencySeries | undefined> {
    try {
      const series = await this.cbr.series(cbr_id, range, stop);
      requireDays(series, range);
      return series;
    } catch (thrown) {
      if (isGuess && thrown instanceof CbrError && thrown.isRefusal) return undefined;
      throw thrown;
    }
  }
}

/** Days on which currencies may have been set monthly, up to the newest sheet. */
export function timeBefore2010(newest: CalendarDate): DateRange {
  return { from: MONTHLY_DAYS.from, to: earlier(MONTHLY_DAYS.to, addDays(newest, -1)) };
}

function daysOfSheets({ records }: CurrencySeries, { from, to }: DateRange): CalendarDate[] {
  return records
    .filter(
      ({ cbr_id, effective_date: day }) => cbr_id === IN_EVERY_SHEET && from <= day && day <= to,
    )
    .map(({ effective_date }) => effective_date);
}

function periodsIn(
  series: CurrencySeries | undefined,
  ids: readonly string[],
  time: DateRange,
): Map<string, SettingPeriod[]> {
  const records = series?.records ?? [];
  return new Map(
    ids.map((id) => {
      const own = records.filter(({ cbr_id }) => cbr_id === id);
      return [
        id,
        settingPeriodsOf(
          own.map(({ effective_date }) => effective_date),
          time,
        ),
      ];
    }),
  );
}
