import { Injectable } from '@nestjs/common';
import { Reader } from '../database/reader.js';
import { STORE_ROW, StoreEntity } from '../database/store.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** Remembers the last `seq` that the broker has acknowledged. */
@Injectable()
export class RelayCursor {
  constructor(
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async read(): Promise<number> {
    return (await this.reader.store()).relayed_seq;
  }

  async moveTo(seq: number): Promise<void> {
    await this.unitOfWork.keepBooks((unit) =>
      unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq: seq }),
    );
  }
}
