import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, earlier } from '../common/calendar-date.js';
import { common, type DateRange, firstGap, rangeAround } from '../common/date-range.js';
import {
  type Coverage,
  type CurrencySeries,
  IN_EVERY_SHEET,
  LAST_MONTHLY_DAY,
} from '../rates/model/index.js';
import { HistoryRecorder, type RecordedHistory } from '../rates/recording/index.js';
import { daysToAsk, storable, type Target } from './backfill-plan.js';
import { type FactsContext, SeriesFacts, timeBefore2010 } from './series-facts.js';
import { SheetWalk } from './sheet-walk.js';

/** Days to load and their context. */
export interface LoadContext extends FactsContext {
  range: DateRange;
  /** IDs requested, and IDs that come with the series of a requested one. */
  ids: ReadonlySet<string>;
}

/** Result for one currency, with its series if the bank returned one. */
export interface LoadedCurrency extends RecordedHistory {
  series?: CurrencySeries | undefined;
}

const NOTHING: RecordedHistory = { added: 0, corrected: 0, unchanged: 0 };

/** Loads one currency: its fixings, and the facts that decide how long they hold. */
@Injectable()
export class CurrencyLoad {
  constructor(
    private readonly cbr: CbrClient,
    private readonly history: HistoryRecorder,
    private readonly facts: SeriesFacts,
    private readonly walk: SheetWalk,
  ) {}

  /** Stored coverage. */
  loadedDays(): Promise<Coverage> {
    return this.facts.loadedDays();
  }

  /** Stores the days of sheets of a range, and of the days before it that matter. @throws CbrError */
  async learnCalendar(context: LoadContext): Promise<void> {
    const { range, newest } = context;
    const known = await this.loadedDays();
    // The dollar was among the loaded currencies; its series contains the days.
    if (firstGap(known.calendar, range) === undefined) return;
    const { from } = daysToAsk(range, newest);
    await this.facts.learnCalendar({ from, to: range.to }, { ...context, known });
  }

  /** Loads a range from the currency's series, or from daily sheets if it has none. @throws CbrError */
  async load(target: Target, context: LoadContext): Promise<LoadedCurrency> {
    const { range, newest, stop } = context;
    const series = await this.ask(target, daysToAsk(range, newest), stop);
    const owner = withForeign(target, series, context);
    const whole =
      range.from <= LAST_MONTHLY_DAY
        ? await this.facts.learnRhythm(owner, series, context)
        : undefined;
    const hasSeries = [series, whole].some((answer) => (answer?.records.length ?? 0) > 0);
    const [inSheets] = hasSeries ? [] : common(target.in_sheets ? [target.in_sheets] : [], [range]);
    const ofSheets = inSheets ? await this.loadSheets(inSheets, context) : NOTHING;
    if (series) {
      const recorded = await this.record(owner, series, context);
      if (target.cbr_id === IN_EVERY_SHEET) await this.facts.recordLead(series, context);
      return { ...sum(ofSheets, recorded), series };
    }
    // Outside the days of its sheets, too, the bank never set it.
    if (target.in_sheets) await this.facts.coverWithout(target, range, context);
    return ofSheets;
  }

  /**
   * For a range whose daily sheets are loaded: finds out how often the currency was set before 2010, and loads
   * its monthly fixings, which are in no sheet.
   *
   * @throws CbrError
   */
  async loadMonthly(target: Target, context: LoadContext): Promise<LoadedCurrency> {
    const { newest, stop } = context;
    const days = { ...context.range, to: earlier(context.range.to, LAST_MONTHLY_DAY) };
    const learned = await this.facts.learnRhythm(target, undefined, context);
    const { setting } = await this.facts.loadedDays();
    const isMonthly = (id: string) => common(setting.daysOf(id, 'monthly'), [days]).length > 0;
    if (![target.cbr_id, ...target.answersFor].some(isMonthly)) return NOTHING;
    const series = learned ?? (await this.ask(target, timeBefore2010(newest), stop));
    if (!series) return NOTHING;
    const owner = withForeign(target, series, context);
    return this.record(owner, series, { ...context, range: days });
  }

  private record(
    { cbr_id, answersFor }: Target,
    series: CurrencySeries,
    { range, checkpoint }: LoadContext,
  ): Promise<RecordedHistory> {
    const { covered, records } = storable(series, range);
    const history = { cbr_id, answersFor, covered, records, document: series.document };
    return this.history.record(history, checkpoint);
  }

  /** Sheets of days that were not requested yet. */
  private async loadSheets(days: DateRange, context: LoadContext): Promise<RecordedHistory> {
    const { sheets } = await this.facts.loadedDays();
    let recorded = NOTHING;
    let failure: CbrError | undefined;
    await this.walk.load(days, {
      dayToAsk: (day) => {
        const asked = rangeAround(sheets, day);
        return asked ? addDays(asked.from, -1) : day;
      },
      checkpoint: () => context.checkpoint,
      onSheet: (ofSheet) => (recorded = sum(recorded, ofSheet)),
      onFailure: (_, thrown) => (failure ??= thrown),
      stop: context.stop,
    });
    if (failure) throw failure;
    return recorded;
  }

  /** The bank may not know an ID that is not in its dictionary. */
  private async ask(
    { cbr_id, isGuess }: Target,
    range: DateRange,
    stop: AbortSignal,
  ): Promise<CurrencySeries | undefined> {
    try {
      return await this.cbr.series(cbr_id, range, stop);
    } catch (thrown) {
      if (isGuess && thrown instanceof CbrError && thrown.isRefusal) return undefined;
      throw thrown;
    }
  }
}

/** A series may contain records of currencies that are in no dictionary: it covers them too. */
function withForeign(
  target: Target,
  series: CurrencySeries | undefined,
  { ids }: LoadContext,
): Target {
  const found = new Set(series?.records.map(({ cbr_id }) => cbr_id));
  const foreign = [...found].filter((id) => id !== target.cbr_id && !ids.has(id));
  return { ...target, answersFor: [...target.answersFor, ...foreign] };
}

function sum(one: RecordedHistory, other: RecordedHistory): RecordedHistory {
  return {
    added: one.added + other.added,
    corrected: one.corrected + other.corrected,
    unchanged: one.unchanged + other.unchanged,
  };
}
