import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Reader } from '../database/reader.js';
import { STORE_ROW, StoreEntity } from '../database/store.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** The name of the event log, `log_id`. */
@Injectable()
export class LogIdentity {
  constructor(
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async current(): Promise<string> {
    return (await this.reader.store()).log_id;
  }

  /**
   * Sets and returns a new `log_id`: after a restore, `seq` repeats numbers that consumers have seen with other
   * events.
   */
  async renew(): Promise<string> {
    const log_id = randomUUID();
    await this.unitOfWork.run((unit) => unit.update(StoreEntity, { id: STORE_ROW }, { log_id }));
    return log_id;
  }
}
