import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DecimalText } from '../../common/decimal.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import { rateChange, RateEntity, RateRevisionEntity } from '../model/index.js';

/** A rate of another service. */
export interface ImportedRate {
  code: string;
  name: string;
  value: DecimalText;
  created_at: Date;
  /** Whether it is the last one of its code, which may be in force. */
  isNewest: boolean;
}

/** Result of an import. */
export interface ImportedRates {
  added: number;
  /** Stored by an earlier import. */
  known: number;
  /** Added rates that are in force now and were announced. */
  announced: number;
}

/**
 * Imports rates of another service as manual ones. They are history, and loading history creates no events; only the
 * newest rate of a code, if nothing newer is stored, changes what is in force (docs/adr/0011).
 */
@Injectable()
export class ImportedRatesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Adds a page of rates, in order, in one unit of work; already imported ones stay unchanged. */
  async record(rates: readonly ImportedRate[]): Promise<ImportedRates> {
    const result = await this.unitOfWork.run(async (unit) => {
      const known = await knownKeys(unit, rates);
      const fresh = rates.filter((rate) => !known.has(importKey(rate)));
      const announced: RateEntity[] = [];
      for (const rate of await this.inForce(unit, fresh)) announced.push(this.version(rate));
      const quiet = fresh.filter((rate) => !announced.some((other) => isSame(rate, other)));
      await unit.insert(RateEntity, [...quiet.map((rate) => this.version(rate)), ...announced]);
      const changes = announced.map((rate) => rateChange('rate_created', rate, null));
      await this.eventLog.append(unit, changes);
      return {
        added: fresh.length,
        known: rates.length - fresh.length,
        announced: announced.length,
      };
    });
    // better-sqlite3 is synchronous: yields to the event loop.
    await yieldToOthers();
    return result;
  }

  private async inForce(unit: Unit, rates: readonly ImportedRate[]): Promise<ImportedRate[]> {
    const newest = rates.filter(({ isNewest }) => isNewest);
    if (newest.length === 0) return [];
    const stored = await unit
      .select(RateEntity, 'rate')
      .select('rate.code', 'code')
      .addSelect('MAX(rate.effective_date)', 'date')
      .where('rate.code IN (:...codes)', { codes: newest.map(({ code }) => code) })
      .groupBy('rate.code')
      .getRawMany<{ code: string; date: CalendarDate }>();
    const dates = new Map(stored.map(({ code, date }) => [code, date]));
    return newest.filter(
      ({ code, created_at }) => (dates.get(code) ?? '') <= moscowDate(created_at),
    );
  }

  private version({ code, name, value, created_at }: ImportedRate): RateEntity {
    const now = this.clock.now();
    return Object.assign(new RateEntity(), {
      cbr_id: null,
      ...{ code, name, value, nominal: 1, created_at },
      effective_date: moscowDate(created_at),
      source: 'manual',
      updated_at: now,
      recorded_at: now,
      recorded_by: null,
      document_id: null,
    });
  }
}

type Identified = Pick<ImportedRate, 'code' | 'value' | 'created_at'>;

/** Identity of an imported rate. It survives renaming, and replaced versions stay in its revisions. */
export function importKey({ code, created_at, value }: Identified): string {
  return `${code} ${created_at.toISOString()} ${value}`;
}

function isSame(one: Identified, other: Identified): boolean {
  return importKey(one) === importKey(other);
}

async function knownKeys(unit: Unit, rates: readonly ImportedRate[]): Promise<Set<string>> {
  const days = [...new Set(rates.map(({ created_at }) => moscowDate(created_at)))];
  const codes = [...new Set(rates.map(({ code }) => code))];
  const keys = new Set<string>();
  for (const entity of [RateEntity, RateRevisionEntity]) {
    const versions = await unit
      .select(entity, 'version')
      .where('version.cbr_id IS NULL AND version.effective_date IN (:...days)', { days })
      .andWhere('version.code IN (:...codes)', { codes })
      .getMany();
    for (const version of versions) keys.add(importKey(version));
  }
  return keys;
}
