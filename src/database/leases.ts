import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Lease, ROUND_MS } from './lease.js';
import { DATABASE_MS, LeaseEntity } from './lease.entity.js';
import { Reader } from './reader.js';
import { UnitOfWork } from './unit-of-work.js';

/** The work that is done by one instance for all; the migrations know the names. */
const LEASE_NAMES = ['fetch', 'relay'] as const;
export type LeaseName = (typeof LEASE_NAMES)[number];

/** Who does the work of a lease. */
export interface LeaseState {
  name: LeaseName;
  /** Names the instance (`Leases.instance`); null: nobody at the moment. */
  holder: string | null;
  /** Whether that is this one. */
  isOurs: boolean;
  /** When it ends unless it is renewed, by the clock of the database; null: never, or nobody holds it. */
  until: Date | null;
  /** For how long nobody has held it, in seconds; 0 while somebody does. */
  vacantSeconds: number;
}

interface LeaseRow {
  name: LeaseName;
  holder: string | null;
  expires_at: number;
  now: number;
}

/** Hands out leases, and knows how they stand. */
@Injectable()
export class Leases {
  /** Names this instance among those of its database. */
  readonly instance = randomUUID();
  private readonly own = new Map<LeaseName, Lease>();
  private readonly began = performance.now();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** This instance's side of a lease; `stand` begins to try for it. */
  of(name: LeaseName): Lease {
    const lease = new Lease(name, this.instance, this.unitOfWork, this.reader);
    this.own.set(name, lease);
    return lease;
  }

  /** Renews the leases that this instance holds, and tries for those that it wants. */
  @Interval('leases', ROUND_MS)
  campaign(): void {
    for (const lease of this.own.values()) lease.campaign();
  }

  /** How all of them stand in the fleet. */
  async states(): Promise<LeaseState[]> {
    if (this.reader.engine === 'sqlite') return LEASE_NAMES.map((name) => this.alone(name));
    const rows = await this.reader
      .select(LeaseEntity, 'lease')
      .select('lease.name', 'name')
      .addSelect('lease.holder', 'holder')
      .addSelect('lease.expires_at', 'expires_at')
      .addSelect(DATABASE_MS, 'now')
      .orderBy('lease.name', 'ASC')
      .getRawMany<LeaseRow>();
    return rows.map((row) => this.inFleet(row));
  }

  /** Whether this instance does the work, as far as it knows itself. */
  isHeld(name: LeaseName): boolean {
    return this.own.get(name)?.isHeld === true;
  }

  /** A SQLite file has one service, and no rows that tell of it. */
  private alone(name: LeaseName): LeaseState {
    const isOurs = this.isHeld(name);
    const holder = isOurs ? this.instance : null;
    return { name, holder, isOurs, until: null, vacantSeconds: isOurs ? 0 : this.ageSeconds };
  }

  private inFleet({ name, holder, expires_at, now }: LeaseRow): LeaseState {
    if (holder !== null && expires_at > now) {
      const isOurs = holder === this.instance;
      return { name, holder, isOurs, until: new Date(expires_at), vacantSeconds: 0 };
    }
    // Never held at all: nobody has done the work at least since this instance looks.
    const vacantSeconds = expires_at === 0 ? this.ageSeconds : (now - expires_at) / 1_000;
    return { name, holder: null, isOurs: false, until: null, vacantSeconds };
  }

  private get ageSeconds(): number {
    return (performance.now() - this.began) / 1_000;
  }
}
