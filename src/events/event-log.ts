import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Between, LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/reader.js';
import type { Unit } from '../database/unit.js';
import { EventLogEntity } from './event-log.entity.js';
import { encodeRateEvent, type RateChange } from './rate-event.js';

type StoredEvent = Omit<EventLogEntity, 'recorded_at'> & { recorded_at: string };

const AFTER = `SELECT seq, event_id, event, code, rate_id, payload, recorded_at FROM event_log
  WHERE seq > $1 ORDER BY seq LIMIT $2`;

/** Appends changes to the log inside a unit of work, and reads it back in order. */
@Injectable()
export class EventLog {
  constructor(
    private readonly clock: Clock,
    private readonly reader: Reader,
  ) {}

  /** Appends the changes with the next `seq`. The unit holds the write lock, so no `seq` is used twice. */
  async append(unit: Unit, changes: readonly RateChange[]): Promise<void> {
    if (changes.length === 0) return;
    const newest = await newestSeqOf(unit);
    const recordedAt = this.clock.now();
    await unit.insert(
      EventLogEntity,
      changes.map((change, index) => {
        const seq = newest + 1 + index;
        const eventId = randomUUID();
        return {
          seq,
          event_id: eventId,
          event: change.event,
          code: change.code,
          rate_id: change.id,
          payload: encodeRateEvent(change, seq, eventId),
          recorded_at: recordedAt,
        };
      }),
    );
  }

  /** At most `limit` events after `seq`, in order. */
  async after(seq: number, limit: number): Promise<EventLogEntity[]> {
    const rows = await this.reader.rows<StoredEvent>(AFTER, [seq, limit]);
    return rows.map((row) => ({ ...row, recorded_at: new Date(row.recorded_at) }));
  }

  /** The `seq` of the newest event, 0 for an empty log. */
  newestSeq(): Promise<number> {
    return newestSeqOf(this.reader);
  }

  /** The `seq` of the oldest stored event; of the next event if the log is empty. */
  async oldestSeq(): Promise<number> {
    const [oldest] = await this.after(0, 1);
    return oldest?.seq ?? 1;
  }

  /** The newest event. */
  async newest(): Promise<EventLogEntity | undefined> {
    const [newest] = await this.after((await this.newestSeq()) - 1, 1);
    return newest;
  }

  /** The `seq` of the first event that was recorded within two instants, both included. */
  async firstWithin(from: Date, to: Date): Promise<number | undefined> {
    const first = await this.reader
      .select(EventLogEntity, 'log')
      .where({ recorded_at: Between(from, to) })
      .orderBy('log.seq', 'ASC')
      .limit(1)
      .getOne();
    return first?.seq;
  }

  /** The `seq` of the last event that was recorded before `instant`. */
  async lastBefore(instant: Date): Promise<number | undefined> {
    const last = await this.reader
      .select(EventLogEntity, 'log')
      .where({ recorded_at: LessThan(instant) })
      .orderBy('log.seq', 'DESC')
      .limit(1)
      .getOne();
    return last?.seq;
  }

  /** Whether the log has the event `eventId` at `seq`: whether a message of the stream came from this log. */
  async holds(seq: number, eventId: string): Promise<boolean> {
    const found = await this.reader
      .select(EventLogEntity, 'log')
      .where({ seq, event_id: eventId })
      .getCount();
    return found === 1;
  }
}

async function newestSeqOf(rows: Pick<Reader, 'select'>): Promise<number> {
  const newest = await rows
    .select(EventLogEntity, 'log')
    .select('MAX(log.seq)', 'seq')
    .getRawOne<{ seq: number | null }>();
  return newest?.seq ?? 0;
}
