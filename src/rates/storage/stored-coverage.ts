import { Injectable } from '@nestjs/common';
import { type DateRange, firstGap, joined } from '../../common/date-range.js';
import { Reader } from '../../database/reader.js';
import type { Unit } from '../../database/unit.js';
import {
  Coverage,
  CoverageEntity,
  EVERY_CURRENCY,
  type Line,
  longestInForce,
  type PublishedSheet,
  rangeOf,
  type SettingPeriodEntity,
  SettingPeriods,
} from '../model/index.js';
import { deleteMissingSheets } from './missing-sheets.js';

/** Records the days of a sheet. A sheet too old to be in force is an old answer, which covers only its own day. */
export async function noteSheet(
  unit: Unit,
  { effective_date: from, in_force_to }: Pick<PublishedSheet, 'effective_date' | 'in_force_to'>,
  recorded_at: Date,
): Promise<void> {
  const to = in_force_to > longestInForce(from) ? from : in_force_to;
  await noteCoverage(unit, EVERY_CURRENCY, { from, to }, recorded_at);
  await deleteMissingSheets(unit, { from, to });
}

/** Records that the bank was asked about these days; writes nothing if it is known. */
export async function noteCoverage(
  unit: Unit,
  cbr_id: string,
  { from, to }: DateRange,
  recorded_at: Date,
): Promise<void> {
  if (await isCovered(unit, cbr_id, { from, to })) return;
  const line = { cbr_id, from_date: from, to_date: to, recorded_at } as CoverageEntity;
  await unit.insert(CoverageEntity, [line]);
}

async function isCovered(unit: Unit, cbr_id: string, days: DateRange): Promise<boolean> {
  const noted = await unit
    .select(CoverageEntity, 'coverage')
    .where('coverage.cbr_id = :cbr_id AND coverage.to_date >= :from', {
      cbr_id,
      from: days.from,
    })
    .andWhere('coverage.from_date <= :to', { to: days.to })
    .getMany();
  return firstGap(joined(noted.map(rangeOf)), days) === undefined;
}

/** Reads the loaded days, for loading more. */
@Injectable()
export class StoredCoverage {
  constructor(private readonly reader: Reader) {}

  async loadedDays(): Promise<Coverage> {
    const lines = await this.reader.rows<Line>(LINES, []);
    const periods = await this.reader.rows<SettingPeriodEntity>(PERIODS, []);
    return new Coverage(lines, new SettingPeriods(periods));
  }
}

const LINES = 'SELECT cbr_id, from_date, to_date FROM coverage';

const PERIODS = 'SELECT cbr_id, from_date, to_date, rhythm FROM setting_periods ORDER BY id';
