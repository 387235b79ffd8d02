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

/** What a run knows when it begins, and under which it writes. */
export interface FactsContext {
  known: Coverage;
  /** The date of the newest sheet: what the bank will say of later days is not known. */
  newest: CalendarDate;
  checkpoint: Checkpoint;
  stop: AbortSignal;
}

/**
 * Asks the bank for what decides until when fixings hold: how often each currency was set before 2010, and
 * on which days sheets were published. Each is asked once, and stored.
 */
@Injectable()
export class SeriesFacts {
  constructor(
    private readonly cbr: CbrClient,
    private readonly recorder: SeriesFactsRecorder,
    private readonly coverage: StoredCoverage,
  ) {}

  /** What is stored. */
  known(): Promise<Coverage> {
    return this.coverage.read();
  }

  /**
   * Stores how often a currency was set before 2010, unless it is known.
   *
   * @param answer its series, as far as it was asked for already
   * @returns its whole series until 2010, where the bank has given it
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
   * Stores the days of the sheets of a range, unless they are known: the dollar stands in each.
   *
   * @throws CbrError
   */
  async learnCalendar(range: DateRange, { known, checkpoint, stop }: FactsContext): Promise<void> {
    if (firstGap(known.calendar, range) === undefined) return;
    const series = await this.cbr.series(IN_EVERY_SHEET, range, stop);
    requireDays(series, range);
    await this.recorder.recordSheetDays(daysOfSheets(series, range), range, checkpoint);
  }

  /** Stores the days of the sheets before a range, whose figures are not stored, from the dollar's series. */
  async recordLead(
    series: CurrencySeries,
    { range, checkpoint }: Pick<FactsContext, 'checkpoint'> & { range: DateRange },
  ): Promise<void> {
    const lead = { from: series.range.from, to: range.from };
    await this.recorder.recordSheetDays(daysOfSheets(series, lead), lead, checkpoint);
  }

  /** Notes that a range of a currency that has no series is loaded whole. */
  coverWithout({ cbr_id }: Target, range: DateRange, { checkpoint }: FactsContext): Promise<void> {
    return this.recorder.recordCoverage(cbr_id, range, checkpoint);
  }

  /** The bank may have no series of an ID that its dictionary does not list: then sheets alone decide. */
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

/** The days on which currencies may have been set monthly, as far as the bank has published them. */
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
