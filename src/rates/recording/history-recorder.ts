import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import {
  type BankDocument,
  compareFixing,
  type CurrencyEntity,
  type PublishedDictionary,
  type SeriesRecord,
  withoutWithdrawn,
} from '../model/index.js';
import {
  type Checkpoint,
  keepDictionary,
  keepDocument,
  learnFromDictionary,
  learnUnknown,
  newestSheetDate,
  noteCoverage,
  seriesMemory,
  writeOutcomes,
} from '../storage/index.js';
import { heldOfSeries, type HeldRecord, settleByHistory } from '../quarantine/index.js';
import { endContradicted } from './sheet-withdrawals.js';

/** Target duration of a unit of work, in milliseconds, so that history does not block a running service. */
const UNIT_MS = 20;
/** Records compared and written at once within a unit. */
const CHUNK_RECORDS = 400;

/** Past fixings from one answer of the bank. */
export interface HistoryToRecord {
  /** Requested currency, for which the days become covered. */
  cbr_id: string;
  /** Other currencies contained in the answer; the days become covered for them too. */
  answersFor?: readonly string[];
  /** Days covered by the answer. */
  covered: DateRange;
  /** Ordered by day; records of other currencies are stored under their own ID. */
  records: readonly SeriesRecord[];
  document: BankDocument;
}

/** Counts of records by outcome. */
export interface RecordedHistory {
  added: number;
  corrected: number;
  unchanged: number;
}

/** Stores past fixings. New ones create no events, as nothing in force changes; differences are corrections. */
@Injectable()
export class HistoryRecorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Stores the bank's dictionary, with its names and codes. */
  learn({ entries, document }: PublishedDictionary, checkpoint: Checkpoint): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await keepDictionary(unit, document);
      await learnFromDictionary(unit, entries);
    });
  }

  /**
   * Records history in short units of work. Only days before the newest sheet are written, so that no announcement
   * gets lost. Idempotent.
   */
  async record(history: HistoryToRecord, checkpoint: Checkpoint): Promise<RecordedHistory> {
    const totals: RecordedHistory = { added: 0, corrected: 0, unchanged: 0 };
    const queue = new RecordQueue(history.records);
    do {
      await this.unitOfWork.run(async (unit) => {
        await checkpoint(unit);
        await this.recordSome(unit, history, queue, totals);
      });
      // better-sqlite3 is synchronous: yields to the event loop.
      await yieldToOthers();
    } while (!queue.isEmpty);
    return totals;
  }

  private async recordSome(
    unit: Unit,
    { cbr_id, answersFor = [], covered, document }: HistoryToRecord,
    queue: RecordQueue,
    totals: RecordedHistory,
  ): Promise<void> {
    const begun = performance.now();
    const newest = await newestSheetDate(unit);
    const recorded_at = this.clock.now();
    const subject = { date: covered.from, to_date: covered.to, cbr_id };
    const document_id = await keepDocument(unit, document, subject);
    while (!queue.isEmpty && performance.now() - begun < UNIT_MS) {
      const chunk = queue.nextRecords(CHUNK_RECORDS);
      const currency = await learnUnknown(unit, chunk[0]?.cbr_id ?? cbr_id);
      const past = chunk.filter(({ effective_date: day }) => newest === null || day < newest);
      if (past.length === 0) continue;
      const held = await heldOfSeries(unit, currency.cbr_id, past);
      const returned = await endContradicted(unit, past, recorded_at);
      const outcomes = await compareAll(unit, currency, past, { held, returned });
      const changes = await writeOutcomes(unit, outcomes, {
        ...{ document_id, recorded_at },
        isHistory: true,
      });
      await settleByHistory(unit, held, recorded_at);
      await this.eventLog.append(unit, changes);
      totals.corrected += changes.length;
      totals.added += outcomes.filter(({ kind }) => kind === 'quiet').length;
      totals.unchanged += outcomes.filter(({ kind }) => kind === 'unchanged').length;
    }
    if (!queue.isEmpty) return;
    for (const id of [cbr_id, ...answersFor]) {
      await noteCoverage(unit, id, covered, recorded_at);
    }
  }
}

async function compareAll(
  unit: Unit,
  { cbr_id, code, name, num_code }: CurrencyEntity,
  records: readonly SeriesRecord[],
  { held, returned }: { held: readonly HeldRecord[]; returned: ReadonlySet<CalendarDate> },
) {
  const known = await seriesMemory(unit, cbr_id, records);
  const rejected = new Set(
    held
      .filter(({ row, isSame }) => isSame && row.state === 'rejected')
      .map(({ record }) => record),
  );
  return records
    .filter((record) => !rejected.has(record))
    .map(({ effective_date, nominal, value }) => {
      const stored = known(effective_date);
      const before = returned.has(effective_date) ? withoutWithdrawn(stored) : stored;
      const figure = { effective_date, nominal, value };
      // A series has no letter codes, so a rate keeps the code of its sheet.
      const fixing = { cbr_id, code: before.stored?.code ?? code, name, num_code, ...figure };
      const outcome = compareFixing(fixing, before, true);
      // Old documents have current names, and the dictionary spells them differently from sheets.
      return outcome.kind === 'renamed' ? { kind: 'unchanged' as const } : outcome;
    });
}

/** Remaining records, returned in runs of one currency. */
class RecordQueue {
  private readonly records: SeriesRecord[];
  private next = 0;

  constructor(records: readonly SeriesRecord[]) {
    this.records = [...records].sort((one, other) => compareText(keyOf(one), keyOf(other)));
  }

  get isEmpty(): boolean {
    return this.next >= this.records.length;
  }

  nextRecords(most: number): SeriesRecord[] {
    const from = this.next;
    const owner = this.records[from]?.cbr_id;
    while (this.next < from + most && this.records[this.next]?.cbr_id === owner) this.next += 1;
    return this.records.slice(from, this.next);
  }
}

function keyOf({ cbr_id, effective_date }: SeriesRecord): string {
  return `${cbr_id} ${effective_date}`;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
