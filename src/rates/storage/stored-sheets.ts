import { In, MoreThanOrEqual, type SelectQueryBuilder } from 'typeorm';
import {
  addDays,
  type CalendarDate,
  earlier as earlierOf,
  LAST_DAY,
} from '../../common/calendar-date.js';
import { type DateRange, firstGap, joined } from '../../common/date-range.js';
import type { Reader } from '../../database/reader.js';
import type { Unit } from '../../database/unit.js';
import {
  CoverageEntity,
  type DailySheet,
  DocumentEntity,
  EVERY_CURRENCY,
  type KnownFixing,
  RateEntity,
  RateRevisionEntity,
  type SeriesRecord,
  withdrawnDates,
} from '../model/index.js';

/**
 * Reads the stored facts of each currency of a sheet, inside the unit that will record it.
 *
 * @param today in Moscow: future days before the sheet's date cannot be requested from the bank
 */
export async function knownFixings(
  unit: Unit,
  { effective_date: date, fixings }: DailySheet,
  today: CalendarDate,
): Promise<Map<string, KnownFixing>> {
  const ids = fixings.map(({ cbr_id }) => cbr_id);
  const ofDate = await ratesOfSheet(unit, date);
  const stored = byCurrency(ofDate);
  const superseded = byCurrency(await officialRevisions(unit, ids, date));
  const previous = byCurrency(await ratesOfSheetBefore(unit, date));
  for (const id of ids) {
    if (previous.has(id) || stored.has(id)) continue;
    const earlier = await lastRateBefore(unit, id, date);
    if (earlier) previous.set(id, earlier);
  }
  const others = ofDate.filter((rate) => rate.source === 'cbr' && !ids.includes(rate.cbr_id ?? ''));
  const last = earlierOf(addDays(date, -1), today);
  const asked = await daysAsked(unit, ids, [...previous.values()]);
  return new Map(
    fixings.map(({ cbr_id: id, code }) => {
      const earlier = previous.get(id);
      const isNext = earlier !== undefined && asked(id, earlier.effective_date, last);
      return [
        id,
        {
          ...{ stored: stored.get(id), superseded: superseded.get(id) },
          ...{ previous: earlier, isAcrossHole: !isNext },
          underOtherId: latestOf(code, others),
        },
      ];
    }),
  );
}

/**
 * Whether all days from an earlier fixing of a currency to another day were requested; across a gap the previous
 * fixing is unknown.
 */
async function daysAsked(
  unit: Unit,
  ids: readonly string[],
  previous: readonly RateEntity[],
): Promise<(cbr_id: string, from: CalendarDate, to: CalendarDate) => boolean> {
  const oldest = previous.map(({ effective_date }) => effective_date).sort()[0] ?? LAST_DAY;
  const lines = await unit
    .select(CoverageEntity, 'coverage')
    .where({ cbr_id: In([EVERY_CURRENCY, ...ids]), to_date: MoreThanOrEqual(oldest) })
    .getMany();
  return (cbr_id, from, to) => {
    const ranges = lines
      .filter((line) => line.cbr_id === EVERY_CURRENCY || line.cbr_id === cbr_id)
      .map((line) => ({ from: line.from_date, to: line.to_date }));
    return from > to || firstGap(joined(ranges), { from, to }) === undefined;
  };
}

/** Stored facts of a run of one currency's records, by date. */
export async function seriesMemory(
  unit: Unit,
  cbr_id: string,
  records: readonly SeriesRecord[],
): Promise<(date: CalendarDate) => KnownFixing> {
  const bounds = { cbr_id, from: records[0]?.effective_date, to: records.at(-1)?.effective_date };
  const days = 'effective_date BETWEEN :from AND :to';
  const stored = await unit
    .select(RateEntity, 'rate')
    .where(`rate.cbr_id = :cbr_id AND rate.${days}`, bounds)
    .getMany();
  const superseded = await unit
    .select(RateRevisionEntity, 'revision')
    .where(`revision.cbr_id = :cbr_id AND revision.source = 'cbr' AND revision.${days}`, bounds)
    .orderBy('revision.id', 'ASC')
    .getMany();
  const storedOn = new Map(stored.map((row) => [row.effective_date, row]));
  const supersededOn = new Map(superseded.map((row) => [row.effective_date, row]));
  return (date) => ({
    stored: storedOn.get(date),
    superseded: supersededOn.get(date),
    previous: undefined,
  });
}

/**
 * Whether a later sheet is already in force. A known sheet of a future day does not count: its date may be wrong, and
 * sheets that come into force before it are news.
 */
export async function isOvertaken(
  rows: Pick<Reader, 'select'>,
  date: CalendarDate,
  today: CalendarDate,
): Promise<boolean> {
  const newest = await newestSheetDate(rows, today);
  return newest !== null && newest > date;
}

/** Whether a sheet of that date was fetched. */
export function isStoredSheet(unit: Unit, date: CalendarDate): Promise<boolean> {
  return unit.select(DocumentEntity, 'document').where({ kind: 'daily', date }).getExists();
}

/** Days of a range with a fetched sheet, in order, including sheets with only a few currencies. */
export async function fetchedSheets(
  rows: Pick<Reader, 'select'>,
  { from, to }: DateRange,
): Promise<CalendarDate[]> {
  const sheets = await rows
    .select(DocumentEntity, 'document')
    .select('DISTINCT document.date', 'date')
    .where("document.kind = 'daily' AND document.date BETWEEN :from AND :to", { from, to })
    .orderBy('date', 'ASC')
    .getRawMany<{ date: CalendarDate }>();
  return sheets.map(({ date }) => date);
}

/** Dates of sheets after a day, in order, without withdrawn ones. */
export async function storedSheetsAfter(
  rows: Pick<Reader, 'select'>,
  day: CalendarDate,
): Promise<CalendarDate[]> {
  const sheets = await rows
    .select(DocumentEntity, 'document')
    .select('DISTINCT document.date', 'date')
    .where("document.kind = 'daily' AND document.date > :day", { day })
    .andWhere(`document.date NOT IN ${withdrawnDates()}`)
    .orderBy('date', 'ASC')
    .getRawMany<{ date: CalendarDate }>();
  return sheets.map(({ date }) => date);
}

/** Date of the bank's newest sheet up to a day, including held ones; null before the first. */
export async function newestSheetDate(
  rows: Pick<Reader, 'select'>,
  upTo: CalendarDate = LAST_DAY,
): Promise<CalendarDate | null> {
  const newest = await newestSheet(rows, upTo).getRawOne<NewestDate>();
  return newest?.date ?? null;
}

const HELD_DATES = `(SELECT effective_date FROM quarantine
  WHERE kind = 'line' AND state IN ('pending', 'rejected'))`;

/** The same without held sheets. */
export async function newestTakenSheet(
  rows: Pick<Reader, 'select'>,
  upTo: CalendarDate,
): Promise<CalendarDate | null> {
  const newest = await newestSheet(rows, upTo)
    .andWhere(`document.date NOT IN ${HELD_DATES}`)
    .getRawOne<NewestDate>();
  return newest?.date ?? null;
}

interface NewestDate {
  date: CalendarDate | null;
}

function newestSheet(
  rows: Pick<Reader, 'select'>,
  upTo: CalendarDate,
): SelectQueryBuilder<DocumentEntity> {
  return rows
    .select(DocumentEntity, 'document')
    .select('MAX(document.date)', 'date')
    .where("document.kind = 'daily' AND document.date <= :upTo", { upTo })
    .andWhere(`document.date NOT IN ${withdrawnDates()}`);
}

function ratesOfSheet(unit: Unit, date: CalendarDate): Promise<RateEntity[]> {
  return unit
    .select(RateEntity, 'rate')
    .where('rate.effective_date = :date AND rate.cbr_id IS NOT NULL', { date })
    .getMany();
}

/** Nearly every currency is in the previous sheet, so one read finds nearly all. */
function ratesOfSheetBefore(unit: Unit, date: CalendarDate): Promise<RateEntity[]> {
  const newestBefore = unit
    .select(RateEntity, 'earlier')
    .select('MAX(earlier.effective_date)')
    .where('earlier.effective_date < :date AND earlier.cbr_id IS NOT NULL');
  return unit
    .select(RateEntity, 'rate')
    .where(`rate.effective_date = (${newestBefore.getQuery()}) AND rate.cbr_id IS NOT NULL`)
    .setParameters({ date })
    .getMany();
}

function lastRateBefore(unit: Unit, id: string, date: CalendarDate): Promise<RateEntity | null> {
  return unit
    .select(RateEntity, 'rate')
    .where('rate.cbr_id = :id AND rate.effective_date < :date', { id, date })
    .orderBy('rate.effective_date', 'DESC')
    .limit(1)
    .getOne();
}

/** Official versions of a date that were replaced, oldest first, so that the last one of a currency wins in a map. */
export function officialRevisions(
  unit: Unit,
  ids: string[],
  date: CalendarDate,
): Promise<RateRevisionEntity[]> {
  return unit
    .select(RateRevisionEntity, 'revision')
    .where("revision.cbr_id IN (:...ids) AND revision.source = 'cbr'", { ids })
    .andWhere('revision.effective_date = :date', { date })
    .orderBy('revision.id', 'ASC')
    .getMany();
}

/** The rate of a code that was recorded last. */
function latestOf(code: string, rates: readonly RateEntity[]): RateEntity | undefined {
  const ofCode = rates.filter((rate) => rate.code === code);
  return ofCode.sort((one, other) => +other.recorded_at - +one.recorded_at)[0];
}

function byCurrency<Row extends { cbr_id: string | null }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.cbr_id ?? '', row]));
}
