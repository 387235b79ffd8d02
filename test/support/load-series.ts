import { toCalendarDate } from '../../src/common/calendar-date.js';
import { Clock } from '../../src/common/clock.js';
import { HistoryRecorder } from '../../src/rates/recording/history-recorder.js';
import type { RunningKurs } from './kurs.js';
import { dictionaryXml, encode1251, type SeriesPoint } from './sheet-builder.js';

/** Stores what a backfill of one currency would: all days of a range are covered, some have a fixing. */
export async function loadSeries(
  kurs: RunningKurs,
  cbr_id: string,
  [from, to]: readonly [from: string, to: string],
  points: readonly SeriesPoint[],
): Promise<void> {
  const covered = { from: toCalendarDate(from), to: toCalendarDate(to) };
  const records = points.map(({ date, value }) => ({
    ...{ cbr_id, nominal: 1, value: value.replace(',', '.') },
    effective_date: toCalendarDate(date),
  }));
  const bytes = Buffer.from(`${cbr_id} ${from}`);
  const document = { kind: 'dynamic' as const, bytes, fetched_at: kurs.get(Clock).now() };
  await kurs
    .get(HistoryRecorder)
    .record({ cbr_id, covered, records, document }, () => Promise.resolve());
}

/** Adds currencies like the bank's dictionary; each has its code as name. */
export async function learnCurrencies(
  kurs: RunningKurs,
  currencies: readonly (readonly [cbr_id: string, code: string])[],
): Promise<void> {
  const entries = currencies.map(([cbr_id, code]) => ({
    ...{ cbr_id, parent_id: cbr_id, code, num_code: null, name: code, name_en: code },
  }));
  const items = currencies.map(([id, code]) => ({ id, num: '', code, name: code, nameEn: code }));
  const document = {
    kind: 'dictionary' as const,
    bytes: encode1251(dictionaryXml(items)),
    fetched_at: kurs.get(Clock).now(),
  };
  await kurs.get(HistoryRecorder).learn({ entries, document }, () => Promise.resolve());
}
