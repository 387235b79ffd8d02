import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { databaseMs } from '../database/database-time.js';
import { Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { BackfillClaim, CLAIM_TERM_MS, ROW } from './backfill-claim.js';
import { BackfillEntity } from './backfill.entity.js';
import { TakenOverError } from './tasks.errors.js';

/** Hands out the claim on loading history; the latest claim wins. */
@Injectable()
export class BackfillClaims {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * Claims the work, taking it over from another run unless `yields` is set.
   *
   * @param request the days and currencies to load (`requestKey`)
   * @throws TakenOverError if it yields and another process is loading history
   */
  async claim(request: string, yields: boolean): Promise<BackfillClaim> {
    const owner = randomUUID();
    const { unitOfWork, clock } = this;
    const nowMs = databaseMs(this.reader.engine);
    await unitOfWork.runWithoutVersionBump(async (unit) => {
      if (yields && (await this.isHeld(unit))) throw new TakenOverError();
      const expires_at = () => `${nowMs} + ${CLAIM_TERM_MS}`;
      await unit.update(BackfillEntity, ROW, { owner, expires_at });
    });
    return new BackfillClaim({ owner, request }, { unitOfWork, clock, nowMs });
  }

  /** Whether any process is loading history. */
  isTaken(): Promise<boolean> {
    return this.isHeld(this.reader);
  }

  /** A claim that expires later than possible predates a clock that was set back: it counts as released. */
  private async isHeld(rows: Pick<Reader, 'select'>): Promise<boolean> {
    const nowMs = databaseMs(this.reader.engine);
    return rows
      .select(BackfillEntity, 'backfill')
      .where(ROW)
      .andWhere('backfill.owner IS NOT NULL')
      .andWhere(`backfill.expires_at > ${nowMs}`)
      .andWhere(`backfill.expires_at <= ${nowMs} + ${CLAIM_TERM_MS}`)
      .getExists();
  }
}
