import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Checkpoint } from '../rates/checkpoint.js';
import { newestSheetDate } from '../rates/sheet-memory.js';
import { BACKFILL_ROW, BackfillEntity } from './backfill.entity.js';
import { BackfilledCurrencyEntity } from './backfilled-currency.entity.js';
import { TakenOverError } from './tasks.errors.js';

/** An owner that has not written for so long is gone, in milliseconds. */
const SILENCE_MS = 60_000;

/** The right to load history, which the last one to claim it has, and how far the work has come. */
@Injectable()
export class BackfillClaims {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Takes the work over from whoever does it. The checkpoint goes into every unit that writes history. */
  async claim(): Promise<Checkpoint> {
    const owner = randomUUID();
    await this.unitOfWork.keepBooks((unit) =>
      unit.update(BackfillEntity, ROW, { owner, touched_at: this.clock.now() }),
    );
    return async (unit) => {
      const row = await unit.select(BackfillEntity, 'backfill').where(ROW).getOneOrFail();
      if (row.owner !== owner) throw new TakenOverError();
      await unit.keepBooks(BackfillEntity, ROW, { touched_at: this.clock.now() });
    };
  }

  /** Lets others begin. */
  async release(checkpoint: Checkpoint): Promise<void> {
    await this.unitOfWork.keepBooks(async (unit) => {
      await checkpoint(unit);
      await unit.update(BackfillEntity, ROW, { owner: null, touched_at: null });
    });
  }

  private async setPending(pending_days: number | null): Promise<void> {
    await this.unitOfWork.keepBooks((unit) => unit.update(BackfillEntity, ROW, { pending_days }));
  }

  /** Whether another process is loading history at the moment. */
  async isTaken(): Promise<boolean> {
    const { owner, touched_at } = await this.row();
    const silentMs = this.clock.now().getTime() - (touched_at?.getTime() ?? 0);
    return owner !== null && silentMs < SILENCE_MS;
  }

  /** How many days before the newest sheet the background still has to load; null: nothing. */
  async pendingDays(): Promise<number | null> {
    return (await this.row()).pending_days;
  }

  /** Asks the background to load the last days into a database without any sheet, now or after a restart. */
  async planOnEmpty(days: number): Promise<void> {
    if (days === 0 || (await newestSheetDate(this.reader)) !== null) return;
    await this.setPending(days);
  }

  /** Every currency is loaded for so many days before the newest sheet: the background need not do it again. */
  async settlePending(days: number): Promise<void> {
    const pending = await this.pendingDays();
    if (pending !== null && pending <= days) await this.setPending(null);
  }

  /** The currencies that an interrupted run has finished for these days. */
  async finished({ from, to }: DateRange): Promise<Set<string>> {
    const rows = await this.reader
      .select(BackfilledCurrencyEntity, 'done')
      .where('done.from_date <= :from AND done.to_date >= :to', { from, to })
      .getMany();
    return new Set(rows.map(({ cbr_id }) => cbr_id));
  }

  async markFinished(cbr_id: string, { from, to }: DateRange): Promise<void> {
    await this.unitOfWork.keepBooks(async (unit) => {
      await unit.delete(BackfilledCurrencyEntity, { cbr_id });
      const row = { cbr_id, from_date: from, to_date: to };
      await unit.insert(BackfilledCurrencyEntity, [row]);
    });
  }

  /** Forgets what is finished, so that the next run asks about everything again. */
  async forgetFinished(ids: readonly string[]): Promise<void> {
    await this.unitOfWork.keepBooks((unit) =>
      unit.delete(BackfilledCurrencyEntity, { cbr_id: In(ids) }),
    );
  }

  private row(): Promise<BackfillEntity> {
    return this.reader.select(BackfillEntity, 'backfill').where(ROW).getOneOrFail();
  }
}

const ROW = { id: BACKFILL_ROW };
