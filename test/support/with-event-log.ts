import { Logger } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { toCalendarDate } from '../../src/common/calendar-date.js';
import { STORE_ROW, StoreEntity } from '../../src/database/store.entity.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import type { RateChange } from '../../src/events/rate-event.js';
import type { TestDatabase } from './databases.js';
import { migratedDatabase } from './migrated-databases.js';
import { OpenedDatabase } from './opened-database.js';
import { TestClock } from './test-clock.js';

const BEGINNING = '2026-01-01T12:00:00Z';

/** Event of a created manual rate. */
export function createdRate(code: string): RateChange {
  return {
    ...{ event: 'rate_created', id: 7, code, name: code, value: '1.50', nominal: 1 },
    created_at: new Date(BEGINNING),
    effective_date: toCalendarDate('2026-01-01'),
    ...{ previous_value: null, previous_nominal: null, source: 'manual' },
  };
}

/** Event log on an opened database, without a service. */
export class EventLogFixture {
  readonly clock = new TestClock(BEGINNING);
  /** All log lines. */
  readonly said: string[] = [];
  private database: TestDatabase | undefined;
  private openedDatabase: OpenedDatabase | undefined;

  get url(): string {
    return this.database?.url ?? '';
  }

  get opened(): OpenedDatabase {
    if (!this.openedDatabase) throw new Error('The database is not open');
    return this.openedDatabase;
  }

  get log(): EventLog {
    return new EventLog(this.clock, this.opened.reader);
  }

  append(...codes: string[]): Promise<unknown> {
    return this.opened.unitOfWork.run((unit) => this.log.append(unit, codes.map(createdRate)));
  }

  rows(): Promise<EventLogEntity[]> {
    return this.log.after(0, 10_000);
  }

  async seqs(): Promise<number[]> {
    return (await this.rows()).map(({ seq }) => seq);
  }

  trust(trusted_at: Date | null): Promise<unknown> {
    return this.updateStore({ trusted_at });
  }

  /** Marks the events up to this one as acknowledged by the broker. */
  relayed(relayed_seq: number): Promise<unknown> {
    return this.updateStore({ relayed_seq });
  }

  async open(engine: string): Promise<void> {
    this.database = await migratedDatabase(engine);
    this.openedDatabase = await OpenedDatabase.open(this.database.url);
  }

  async clear(): Promise<void> {
    this.said.length = 0;
    const say = (message: string) => this.said.push(message);
    Logger.overrideLogger({ log: say, warn: say, error: say });
    this.clock.jump(BEGINNING);
    await this.opened.unitOfWork.run((unit) => unit.delete(EventLogEntity, { seq: MoreThan(0) }));
    await this.relayed(0);
  }

  async close(): Promise<void> {
    await this.openedDatabase?.close();
    await this.database?.drop();
  }

  private updateStore(row: Partial<StoreEntity>): Promise<unknown> {
    return this.opened.unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(StoreEntity, { id: STORE_ROW }, row),
    );
  }
}

/** Provides the tests of a block with an event log on one database, empty for each test. */
export function withEventLog(engine: string): EventLogFixture {
  const fixture = new EventLogFixture();
  beforeAll(() => fixture.open(engine));
  beforeEach(() => fixture.clear());
  afterAll(() => fixture.close());
  return fixture;
}
