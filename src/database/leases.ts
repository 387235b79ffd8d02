import { Injectable } from '@nestjs/common';
import { Lease } from './lease.js';
import { Reader } from './reader.js';
import { UnitOfWork } from './unit-of-work.js';

/** Hands out leases; the migrations know their names. */
@Injectable()
export class Leases {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** This instance's side of a lease; `stand` begins to try for it. */
  of(name: 'fetch' | 'relay'): Lease {
    return new Lease(name, this.unitOfWork, this.reader);
  }
}
