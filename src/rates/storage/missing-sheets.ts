import { Injectable } from '@nestjs/common';
import { Between } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { KursError } from '../../common/kurs.error.js';
import { Reader } from '../../database/reader.js';
import type { Unit } from '../../database/unit.js';
import { MissingSheetEntity } from '../model/index.js';

/** A failed fetch, and when to retry. */
export interface FailedTry {
  date: CalendarDate;
  failure: Pick<KursError, 'code' | 'message'>;
  tried_at: Date;
  /** Maps the number of failures to the next try; null: never. */
  nextTryAfter: (tries: number) => Date | null;
}

/** Records that a day's sheet could not be fetched. */
export async function noteMissingSheet(unit: Unit, failed: FailedTry): Promise<void> {
  const { date, failure, tried_at, nextTryAfter } = failed;
  const known = await unit.select(MissingSheetEntity, 'missing').where({ date }).getOne();
  const tries = (known?.tries ?? 0) + 1;
  const { code, message } = failure;
  const latest = {
    ...{ code, message, tries },
    ...{ last_tried_at: tried_at, next_try_at: nextTryAfter(tries) },
  };
  if (!known) {
    await unit.insert(MissingSheetEntity, [{ date, first_failed_at: tried_at, ...latest }]);
  } else if (known.code !== code) {
    await unit.update(MissingSheetEntity, { date }, latest);
  } else {
    // Answers depend only on the code, so `data_version` stays.
    await unit.updateWithoutVersionBump(MissingSheetEntity, { date }, latest);
  }
}

/** Deletes entries of days that are covered now. */
export async function deleteMissingSheets(unit: Unit, { from, to }: DateRange): Promise<void> {
  const covered = { date: Between(from, to) };
  const query = unit.select(MissingSheetEntity, 'missing').where(covered);
  if (await query.getExists()) await unit.delete(MissingSheetEntity, covered);
}

/** Reads the days whose sheet could not be fetched. */
@Injectable()
export class MissingSheets {
  constructor(private readonly reader: Reader) {}

  /** Ordered by date. */
  all(): Promise<MissingSheetEntity[]> {
    return this.reader
      .select(MissingSheetEntity, 'missing')
      .orderBy('missing.date', 'ASC')
      .getMany();
  }
}
