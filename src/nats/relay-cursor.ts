import { Injectable } from '@nestjs/common';
import type { Lease } from '../database/lease.js';
import { Leases } from '../database/leases.js';
import { Reader } from '../database/reader.js';
import { STORE_ROW, StoreEntity } from '../database/store.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** Remembers the last `seq` that the broker has acknowledged; one instance of a fleet moves it. */
@Injectable()
export class RelayCursor {
  /** The right to send. */
  readonly lease: Lease;

  constructor(
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    leases: Leases,
  ) {
    this.lease = leases.of('relay');
  }

  async read(): Promise<number> {
    return (await this.reader.store()).relayed_seq;
  }

  /** @throws LeaseLostError when another instance sends now: it knows better what the broker has. */
  async moveTo(seq: number): Promise<void> {
    await this.unitOfWork.keepBooks(async (unit) => {
      await this.lease.check(unit);
      await unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq: seq });
    });
  }
}
