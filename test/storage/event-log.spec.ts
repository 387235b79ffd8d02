import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { toCalendarDate as day } from '../../src/common/calendar-date.js';
import { STORE_ROW, StoreEntity } from '../../src/database/store.entity.js';
import type { Reader } from '../../src/database/reader.js';
import type { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EventBus } from '../../src/events/event-bus.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventRetention } from '../../src/events/event-retention.js';
import { EventTail } from '../../src/events/event-tail.js';
import { LogIdentity } from '../../src/events/log-identity.js';
import { TrustedClock } from '../../src/events/trusted-clock.js';
import type { RateChange } from '../../src/events/rate-event.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { TestClock } from '../support/test-clock.js';

const NEVER = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';
const change = (code: string): RateChange => ({
  ...{ event: 'rate_created', id: 7, code, name: code, value: '1.50', nominal: 1 },
  created_at: new Date('2026-01-01T12:00:00Z'),
  effective_date: day('2026-01-01'),
  ...{ previous_value: null, previous_nominal: null, source: 'manual' },
});

describe.each(databases)('the room of events on $engine', ({ create }) => {
  let database: TestDatabase;
  let opened: OpenedDatabase;
  let clock: TestClock;
  let log: EventLog;
  let said: string[];

  beforeAll(async () => {
    database = await create();
    opened = await OpenedDatabase.open(database.url);
  });

  beforeEach(async () => {
    said = [];
    const say = (message: string) => said.push(message);
    Logger.overrideLogger({ log: say, warn: say, error: say });
    clock = new TestClock('2026-01-01T12:00:00Z');
    log = new EventLog(clock, opened.reader);
    await opened.unitOfWork.run((unit) => unit.delete(EventLogEntity, { seq: MoreThan(0) }));
    await relayed(0);
  });

  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  const append = (...codes: string[]) =>
    opened.unitOfWork.run((unit) => log.append(unit, codes.map(change)));
  const rows = () => log.after(0, 10_000);
  const seqs = async () => (await rows()).map(({ seq }) => seq);
  const trust = (trusted_at: Date | null) =>
    opened.unitOfWork.keepBooks((unit) =>
      unit.update(StoreEntity, { id: STORE_ROW }, { trusted_at }),
    );
  const relayed = (relayed_seq: number) =>
    opened.unitOfWork.keepBooks((unit) =>
      unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq }),
    );

  describe('the log', () => {
    it('is empty at first, and its first event will be 1', async () => {
      expect([await log.newestSeq(), await log.oldestSeq()]).toEqual([0, 1]);
      expect(await log.newest()).toBeUndefined();
      expect(await log.firstWithin(new Date(0), clock.now())).toBeUndefined();
      expect(await log.lastBefore(clock.now())).toBeUndefined();
    });

    it('numbers changes without a gap, each with an id of its own, and says when', async () => {
      await append('AAA', 'BBB');
      clock.set('2026-01-02T12:00:00Z');
      await append('CCC');
      await append();
      const events = await rows();
      expect(events.map(({ seq, code }) => [seq, code])).toEqual([
        [1, 'AAA'],
        [2, 'BBB'],
        [3, 'CCC'],
      ]);
      expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(3);
      const [first] = events;
      expect(first).toMatchObject({ event: 'rate_created', rate_id: 7 });
      expect(first?.recorded_at).toEqual(new Date('2026-01-01T12:00:00Z'));
      expect(JSON.parse(first?.payload ?? '')).toMatchObject({ seq: 1, event_id: first?.event_id });
      expect([await log.newestSeq(), await log.oldestSeq()]).toEqual([3, 1]);
    });

    it('bumps no version for no changes', async () => {
      const before = (await opened.reader.store()).data_version;
      await append();
      expect((await opened.reader.store()).data_version).toBe(before);
    });

    it('is read behind a place, so many events at once, in order', async () => {
      await append('AAA', 'BBB', 'CCC', 'DDD');
      expect((await log.after(1, 2)).map(({ seq }) => seq)).toEqual([2, 3]);
      expect(await log.after(4, 2)).toEqual([]);
    });

    it('knows what was recorded within two instants, before one, and last', async () => {
      await append('AAA');
      clock.set('2026-01-02T12:00:00Z');
      await append('BBB', 'CCC');
      const at = (time: string) => new Date(`2026-01-${time}Z`);
      expect(await log.firstWithin(at('01T12:00:00'), at('02T12:00:00'))).toBe(1);
      expect(await log.firstWithin(at('01T12:00:01'), at('02T12:00:00'))).toBe(2);
      expect(await log.firstWithin(at('01T12:00:01'), at('02T11:59:59'))).toBeUndefined();
      expect(await log.lastBefore(at('01T12:00:00'))).toBeUndefined();
      expect(await log.lastBefore(at('01T12:00:01'))).toBe(1);
      expect(await log.lastBefore(at('03T12:00:00'))).toBe(3);
      expect((await log.newest())?.code).toBe('CCC');
    });

    it('tells its own events from those of another log', async () => {
      await append('AAA', 'BBB');
      const [first] = await rows();
      expect(await log.holds(1, first?.event_id ?? '')).toBe(true);
      expect(await log.holds(2, first?.event_id ?? '')).toBe(false);
      expect(await log.holds(1, NEVER)).toBe(false);
    });

    it('has a name, and gets another when it is told to', async () => {
      const identity = new LogIdentity(opened.reader, opened.unitOfWork);
      const first = await identity.current();
      const second = await identity.renew();
      expect(second).not.toBe(first);
      expect(await identity.current()).toBe(second);
    });
  });

  describe('the tail', () => {
    let tail: EventTail;
    let heard: number[][];

    /** Follows the log, and hears whole batches. */
    const follow = async (reader = opened.reader, followed = log) => {
      heard = [];
      const bus = new EventBus();
      bus.subscribe('test', (batch) => heard.push(batch.map(({ seq }) => seq)));
      tail = new EventTail(followed, bus, reader, opened.unitOfWork);
      await tail.onModuleInit();
    };
    afterEach(() => tail.beforeApplicationShutdown());

    it('starts behind what was there, and hears what is committed, in order', async () => {
      await append('AAA', 'BBB');
      await follow();
      const logId = (await opened.reader.store()).log_id;
      expect(tail.position).toEqual({ logId, seq: 2 });
      await append('CCC', 'DDD');
      await tail.caughtUp();
      await append('EEE');
      await tail.caughtUp();
      expect(heard).toEqual([[3, 4], [5]]);
      expect(tail.position).toEqual({ logId, seq: 5 });
    });

    it('is woken by every commit, and reads nothing while the version stands', async () => {
      const reads: number[] = [];
      const counted = Object.create(log) as EventLog;
      counted.after = (seq, limit) => {
        reads.push(seq);
        return log.after(seq, limit);
      };
      await follow(opened.reader, counted);
      await tail.caughtUp();
      expect(reads).toEqual([]);
      await append('AAA');
      await eventually('the commit is heard', () => heard.length === 1);
      await tail.caughtUp();
      expect(reads).toEqual([0, 1]);
    });

    it('hears of the commits of another process when it is woken, and no more once it has stopped', async () => {
      await follow();
      const other = await OpenedDatabase.open(database.url);
      const abroad = new EventLog(clock, other.reader);
      await other.unitOfWork.run((unit) => abroad.append(unit, [change('AAA')]));
      tail.wake();
      await tail.caughtUp();
      await other.unitOfWork.run((unit) => abroad.append(unit, [change('BBB')]));
      tail.wake();
      await tail.caughtUp();
      await tail.beforeApplicationShutdown();
      await other.unitOfWork.run((unit) => abroad.append(unit, [change('CCC')]));
      tail.wake();
      await nextTurn();
      await other.close();
      expect(heard).toEqual([[1], [2]]);
    });

    it('hands on no event that the model of the data does not know yet', async () => {
      await follow();
      let known = 1;
      tail.precededBy(() => Promise.resolve(known));
      await append('AAA', 'BBB');
      await tail.caughtUp();
      expect(heard).toEqual([[1]]);
      // No commit has to come for it.
      known = 2;
      await tail.caughtUp();
      expect(heard).toEqual([[1], [2]]);
    });

    it('takes a long log in pages', async () => {
      await follow();
      await append(...Array.from({ length: 1_001 }, (_, index) => `C${index}`));
      await tail.caughtUp();
      expect(heard.map(({ length }) => length)).toEqual([1_000, 1]);
    });

    it('knows the log’s new name', async () => {
      await follow();
      const name = await new LogIdentity(opened.reader, opened.unitOfWork).renew();
      await tail.caughtUp();
      expect(tail.position.logId).toBe(name);
    });

    it('tries on when the log cannot be read, and says so once for each kind of failure', async () => {
      const { reader } = opened;
      let failure: string | undefined;
      const flaky = Object.create(reader) as Reader;
      flaky.store = () =>
        failure === undefined ? reader.store() : Promise.reject(new Error(failure));
      await follow(flaky);
      failure = 'disk on fire';
      await append('AAA');
      await tail.caughtUp();
      await tail.caughtUp();
      expect(said).toEqual([expect.stringContaining('disk on fire')]);
      failure = 'disk gone';
      await tail.caughtUp();
      expect(said).toHaveLength(2);
      failure = undefined;
      await tail.caughtUp();
      expect(heard).toEqual([[1]]);
      failure = 'disk gone';
      await tail.caughtUp();
      expect(said).toHaveLength(3);
    });

    it('delivers what is committed before it stops, and hears nothing more', async () => {
      await follow();
      const written = append('AAA');
      await tail.beforeApplicationShutdown();
      await written;
      expect(heard).toEqual([[1]]);
      await append('BBB');
      expect(tail.position.seq).toBe(1);
    });
  });

  describe('what is older than EVENTS_KEEP_DAYS', () => {
    let trusted: TrustedClock;

    /** A service starts. */
    const start = () => {
      trusted = new TrustedClock(clock, opened.repository(StoreEntity), opened.unitOfWork, log);
    };
    const retention = (environment: Record<string, string> = {}) => {
      const settings = { ...opened.settings, EVENTS_KEEP_DAYS: 10, ...environment };
      return new EventRetention(log, opened.reader, opened.unitOfWork, settings, trusted);
    };

    beforeEach(async () => {
      await trust(null);
      start();
      await trusted.save();
    });

    it('is forgotten, but for the last event, from which seq goes on', async () => {
      await append('AAA', 'BBB');
      clock.set('2026-01-05T12:00:00Z');
      await append('CCC');
      clock.set('2026-01-11T12:00:00Z');
      expect(await retention().prune()).toBe(0);
      clock.set('2026-01-11T12:00:01Z');
      expect(await retention().prune()).toBe(2);
      expect(await seqs()).toEqual([3]);
      expect(await log.oldestSeq()).toBe(3);
      clock.set('2036-01-01T12:00:00Z');
      expect(await retention().prune()).toBe(0);
      await append('DDD');
      expect(await seqs()).toEqual([3, 4]);
    });

    describe('by a clock that is wrong', () => {
      const YEARS_AHEAD = '2036-01-01T12:00:00Z';

      it('is kept when the clock is years ahead, also when something is recorded meanwhile', async () => {
        await append('AAA', 'BBB');
        clock.set('2026-01-02T12:00:00Z');
        clock.jump(YEARS_AHEAD);
        start();
        expect(await retention().prune()).toBe(0);
        await append('CCC');
        expect(await retention().prune()).toBe(0);
        await trusted.save();
        // Started once more, and the clock is still ahead.
        start();
        expect(await retention().prune()).toBe(0);
        clock.set('2036-01-01T13:00:00Z');
        expect(await retention().prune()).toBe(0);
        clock.jump('2026-01-02T14:00:00Z');
        start();
        expect(await retention().prune()).toBe(0);
        expect(await seqs()).toEqual([1, 2, 3]);
      });

      it('is kept in a database of an older version, whose newest event is all that is known', async () => {
        await append('AAA', 'BBB');
        await trust(null);
        clock.jump(YEARS_AHEAD);
        start();
        expect(await retention().prune()).toBe(0);
        await trusted.save();
        await append('CCC');
        start();
        expect(await retention().prune()).toBe(0);
      });

      it('is pruned when its time has come, and what was dated in the future goes with it', async () => {
        await append('AAA');
        clock.jump(YEARS_AHEAD);
        await append('BBB');
        clock.jump('2026-01-01T13:00:00Z');
        await append('CCC');
        clock.set('2026-01-11T12:30:00Z');
        await append('DDD');
        expect(await retention().prune()).toBe(1);
        clock.set('2026-01-11T13:00:01Z');
        // BBB was recorded before CCC, whatever it says.
        expect(await retention().prune()).toBe(2);
        expect(await seqs()).toEqual([4]);
      });

      it('is kept when the clock is years behind, also what is recorded meanwhile', async () => {
        await append('AAA', 'BBB');
        clock.jump('1999-01-01T12:00:00Z');
        start();
        expect(await retention().prune()).toBe(0);
        await append('CCC');
        await trusted.save();
        clock.jump('2026-01-02T12:00:00Z');
        start();
        expect(await retention().prune()).toBe(0);
        expect(await seqs()).toEqual([1, 2, 3]);
      });

      it('is kept for as long again as no service ran, and pruned when that is made up for', async () => {
        await append('AAA', 'BBB');
        clock.jump('2026-01-13T12:00:00Z');
        start();
        expect(await retention().prune()).toBe(0);
        clock.set('2026-01-18T12:00:00Z');
        expect(await retention().prune()).toBe(0);
        clock.set('2026-01-24T12:00:00Z');
        expect(await retention().prune()).toBe(1);
      });
    });

    it('is kept until the broker has acknowledged it', async () => {
      await append('AAA', 'BBB', 'CCC', 'DDD');
      clock.set('2036-01-01T12:00:00Z');
      expect(await retention({ NATS_URL: 'nats://127.0.0.1:9' }).prune()).toBe(0);
      await relayed(2);
      expect(await retention().prune()).toBe(2);
      expect(await seqs()).toEqual([3, 4]);
      await relayed(4);
      expect(await retention({ NATS_URL: 'nats://127.0.0.1:9' }).prune()).toBe(1);
    });

    it('is forgotten a thousand events at a time, and shows readers no new version', async () => {
      await append(...Array.from({ length: 2_001 }, (_, index) => `C${index}`));
      clock.set('2036-01-01T12:00:00Z');
      const before = (await opened.reader.store()).data_version;
      const keepBooks = jest.spyOn(opened.unitOfWork, 'keepBooks');
      expect(await retention().prune()).toBe(2_000);
      expect(keepBooks).toHaveBeenCalledTimes(2);
      keepBooks.mockRestore();
      expect(await seqs()).toEqual([2_001]);
      expect((await opened.reader.store()).data_version).toBe(before);
    });

    it('is forgotten at the start, in the background, and stays when the service stops', async () => {
      await append('AAA', 'BBB', 'CCC');
      clock.set('2036-01-01T12:00:00Z');
      const stopped = retention();
      await stopped.onModuleDestroy();
      expect(await stopped.prune()).toBe(0);
      const started = retention();
      started.onApplicationBootstrap();
      await eventually('two are forgotten', async () => (await seqs()).length === 1);
      await started.onModuleDestroy();
      expect(said).toEqual([expect.stringContaining('2 events')]);
      const again = retention();
      again.onApplicationBootstrap();
      await again.onModuleDestroy();
      expect(said).toHaveLength(1);
    });

    it('is awaited, when the service stops in the middle of it', async () => {
      await append('AAA', 'BBB');
      clock.set('2036-01-01T12:00:00Z');
      const order: string[] = [];
      let begin = (): void => undefined;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const unitOfWork = Object.create(opened.unitOfWork) as UnitOfWork;
      unitOfWork.keepBooks = async (work) => {
        begin();
        await nextTurn();
        const result = await opened.unitOfWork.keepBooks(work);
        order.push('forgotten');
        return result;
      };
      const { reader, settings } = opened;
      const started = new EventRetention(log, reader, unitOfWork, settings, trusted);
      started.onApplicationBootstrap();
      await begun;
      await started.onModuleDestroy();
      order.push('stopped');
      expect(order).toEqual(['forgotten', 'stopped']);
    });

    it('stays for another day when the database fails, and that is said', async () => {
      await append('AAA', 'BBB');
      clock.set('2036-01-01T12:00:00Z');
      const broken = Object.create(log) as EventLog;
      broken.oldestSeq = () => Promise.reject(new Error('disk on fire'));
      const { reader, unitOfWork, settings } = opened;
      const failing = new EventRetention(broken, reader, unitOfWork, settings, trusted);
      failing.onApplicationBootstrap();
      await failing.onModuleDestroy();
      expect(said).toEqual([expect.stringContaining('disk on fire')]);
    });
  });
});
