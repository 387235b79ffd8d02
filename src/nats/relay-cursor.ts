import { Injectable } from '@nestjs/common';
import type { Lease } from '../database/lease.js';
import { Leases } from '../database/leases.js';
import { Reader } from '../database/reader.js';
import { STORE_ROW, StoreEntity } from '../database/store.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** The last acknowledged `seq`, updated by the instance that holds the relay lease. */
@Injectable()
export class RelayCursor {
  /** Lease on relaying. */
  readonly lease: Lease;

  constructor(
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    leases: Leases,
  ) {
    this.lease = leases.of('relay');
  }

  async relayedSeq(): Promise<number> {
    return (await this.reader.store()).relayed_seq;
  }

  /** @throws LeaseLostError if another instance relays now */
  async moveTo(seq: number): Promise<void> {
    await this.unitOfWork.runWithoutVersionBump(async (unit) => {
      await this.lease.assertHeld(unit);
      await unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq: seq });
    });
  }
}
