import { Logger } from '@nestjs/common';
import { In } from 'typeorm';
import type { Clock } from '../common/clock.js';
import { messageOf } from '../common/message-of.js';
import type { Unit } from '../database/unit.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Checkpoint } from '../rates/storage/index.js';
import { isResumable } from './backfill-plan.js';
import { BACKFILL_ROW, BackfillEntity } from './backfill.entity.js';
import { BackfilledCurrencyEntity } from './backfilled-currency.entity.js';
import { TakenOverError } from './tasks.errors.js';

/** Lifetime of a claim without renewal, in milliseconds. */
export const CLAIM_TERM_MS = 60_000;
/** Renewal interval of a claim, in milliseconds. */
const RENEWAL_MS = 15_000;

export const ROW = { id: BACKFILL_ROW };

/** Owner and request of a claim. */
interface Claimed {
  owner: string;
  request: string;
}

interface Storage {
  unitOfWork: UnitOfWork;
  clock: Clock;
  /** SQL for the database's clock. */
  nowMs: string;
}

/**
 * Exclusive claim on loading history, renewed until `release`, also while the run waits for the bank. It also
 * keeps which currencies earlier runs of the same request have finished.
 */
export class BackfillClaim {
  private readonly logger = new Logger(BackfillClaim.name);
  private readonly renewals: NodeJS.Timeout;

  constructor(
    private readonly claimed: Claimed,
    private readonly storage: Storage,
  ) {
    this.renewals = setInterval(() => void this.renew(), RENEWAL_MS).unref();
  }

  /** Must run in every unit of work that writes history. @throws TakenOverError */
  readonly checkpoint: Checkpoint = async (unit) => {
    const row = await unit.select(BackfillEntity, 'backfill').where(ROW).getOneOrFail();
    if (row.owner !== this.claimed.owner) throw new TakenOverError();
  };

  /** Currencies that an interrupted run of the same request has finished; the marks of other runs are deleted. */
  finished(): Promise<Set<string>> {
    return this.write(async (unit) => {
      const marks = await unit.select(BackfilledCurrencyEntity, 'mark').getMany();
      const { request } = this.claimed;
      const now = this.storage.clock.now();
      const valid = marks.filter((mark) => mark.request === request && isResumable(mark, now));
      const kept = new Set(valid.map(({ cbr_id }) => cbr_id));
      await deleteMarks(
        unit,
        marks.filter(({ cbr_id }) => !kept.has(cbr_id)),
      );
      return kept;
    });
  }

  async markFinished(cbr_id: string): Promise<void> {
    await this.write(async (unit) => {
      const finished_at = this.storage.clock.now();
      await unit.delete(BackfilledCurrencyEntity, { cbr_id });
      const mark = { cbr_id, request: this.claimed.request, finished_at };
      await unit.insert(BackfilledCurrencyEntity, [mark]);
    });
  }

  /** Marks the request as complete: the next run of it starts over. */
  async deleteFinished(): Promise<void> {
    await this.write(async (unit) => {
      await deleteMarks(unit, await unit.select(BackfilledCurrencyEntity, 'mark').getMany());
    });
  }

  /** Releases the claim. Never rejects: an unreleased claim expires. */
  async release(): Promise<void> {
    clearInterval(this.renewals);
    await this.change({ owner: null, expires_at: 0 });
  }

  private async renew(): Promise<void> {
    await this.change({ expires_at: () => `${this.storage.nowMs} + ${CLAIM_TERM_MS}` });
  }

  /** Updates the row if this run still owns it. */
  private async change(changes: Parameters<Unit['update']>[2]): Promise<void> {
    const where = { ...ROW, owner: this.claimed.owner };
    try {
      await this.storage.unitOfWork.runWithoutVersionBump((unit) =>
        unit.update(BackfillEntity, where, changes),
      );
    } catch (thrown) {
      this.logger.warn(`The claim to load history is not renewed: ${messageOf(thrown)}`);
    }
  }

  private write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.storage.unitOfWork.runWithoutVersionBump(async (unit) => {
      await this.checkpoint(unit);
      return work(unit);
    });
  }
}

async function deleteMarks(unit: Unit, marks: readonly BackfilledCurrencyEntity[]): Promise<void> {
  const ids = marks.map(({ cbr_id }) => cbr_id);
  if (ids.length > 0) await unit.delete(BackfilledCurrencyEntity, { cbr_id: In(ids) });
}
