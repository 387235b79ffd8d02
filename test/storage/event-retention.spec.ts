import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreEntity } from '../../src/database/store.entity.js';
import type { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventRetention } from '../../src/events/event-retention.js';
import { TrustedClock } from '../../src/events/trusted-clock.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { withEventLog } from '../support/with-event-log.js';

describe.each(databases)('an event older than EVENTS_KEEP_DAYS on $engine', ({ engine }) => {
  const fixture = withEventLog(engine);
  const { clock, said } = fixture;

  let trusted: TrustedClock;

  /** Simulates a start of the service. */
  const start = () => {
    trusted = new TrustedClock(
      clock,
      fixture.opened.repository(StoreEntity),
      fixture.opened.unitOfWork,
      fixture.log,
    );
  };
  const retention = (environment: Record<string, string> = {}) => {
    const settings = { ...fixture.opened.settings, EVENTS_KEEP_DAYS: 10, ...environment };
    return new EventRetention(
      fixture.log,
      fixture.opened.reader,
      fixture.opened.unitOfWork,
      settings,
      trusted,
    );
  };

  beforeEach(async () => {
    await fixture.trust(null);
    start();
    await trusted.save();
  });

  it('is deleted, except the last event, from which seq continues', async () => {
    await fixture.append('AAA', 'BBB');
    clock.set('2026-01-05T12:00:00Z');
    await fixture.append('CCC');
    clock.set('2026-01-11T12:00:00Z');
    expect(await retention().prune()).toBe(0);
    clock.set('2026-01-11T12:00:01Z');
    expect(await retention().prune()).toBe(2);
    expect(await fixture.seqs()).toEqual([3]);
    expect(await fixture.log.oldestSeq()).toBe(3);
    clock.set('2036-01-01T12:00:00Z');
    expect(await retention().prune()).toBe(0);
    await fixture.append('DDD');
    expect(await fixture.seqs()).toEqual([3, 4]);
  });

  describe('with a wrong clock', () => {
    const YEARS_AHEAD = '2036-01-01T12:00:00Z';

    it('is kept when the clock is years ahead, even if something is recorded in the meantime', async () => {
      await fixture.append('AAA', 'BBB');
      clock.set('2026-01-02T12:00:00Z');
      clock.jump(YEARS_AHEAD);
      start();
      expect(await retention().prune()).toBe(0);
      await fixture.append('CCC');
      expect(await retention().prune()).toBe(0);
      await trusted.save();
      // A second start while the clock is still ahead.
      start();
      expect(await retention().prune()).toBe(0);
      clock.set('2036-01-01T13:00:00Z');
      expect(await retention().prune()).toBe(0);
      clock.jump('2026-01-02T14:00:00Z');
      start();
      expect(await retention().prune()).toBe(0);
      expect(await fixture.seqs()).toEqual([1, 2, 3]);
    });

    it('is kept in a database of an older version, of which only the newest event is known', async () => {
      await fixture.append('AAA', 'BBB');
      await fixture.trust(null);
      clock.jump(YEARS_AHEAD);
      start();
      expect(await retention().prune()).toBe(0);
      await trusted.save();
      await fixture.append('CCC');
      start();
      expect(await retention().prune()).toBe(0);
    });

    it('is deleted when it is due, together with earlier ones dated in the future', async () => {
      await fixture.append('AAA');
      clock.jump(YEARS_AHEAD);
      await fixture.append('BBB');
      clock.jump('2026-01-01T13:00:00Z');
      await fixture.append('CCC');
      clock.set('2026-01-11T12:30:00Z');
      await fixture.append('DDD');
      expect(await retention().prune()).toBe(1);
      clock.set('2026-01-11T13:00:01Z');
      // BBB was recorded before CCC, whatever its time says.
      expect(await retention().prune()).toBe(2);
      expect(await fixture.seqs()).toEqual([4]);
    });

    it('is kept when the clock is years behind, and so is what is recorded in the meantime', async () => {
      await fixture.append('AAA', 'BBB');
      clock.jump('1999-01-01T12:00:00Z');
      start();
      expect(await retention().prune()).toBe(0);
      await fixture.append('CCC');
      await trusted.save();
      clock.jump('2026-01-02T12:00:00Z');
      start();
      expect(await retention().prune()).toBe(0);
      expect(await fixture.seqs()).toEqual([1, 2, 3]);
    });

    it('is kept for the downtime of the service in addition, and deleted after that', async () => {
      await fixture.append('AAA', 'BBB');
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
    await fixture.append('AAA', 'BBB', 'CCC', 'DDD');
    clock.set('2036-01-01T12:00:00Z');
    expect(await retention({ NATS_URL: 'nats://127.0.0.1:9' }).prune()).toBe(0);
    await fixture.relayed(2);
    expect(await retention().prune()).toBe(2);
    expect(await fixture.seqs()).toEqual([3, 4]);
    await fixture.relayed(4);
    expect(await retention({ NATS_URL: 'nats://127.0.0.1:9' }).prune()).toBe(1);
  });

  it('is deleted in batches of a thousand, without a new version for readers', async () => {
    await fixture.append(...Array.from({ length: 2_001 }, (_, index) => `C${index}`));
    clock.set('2036-01-01T12:00:00Z');
    const before = (await fixture.opened.reader.store()).data_version;
    const runWithoutVersionBump = jest.spyOn(fixture.opened.unitOfWork, 'runWithoutVersionBump');
    expect(await retention().prune()).toBe(2_000);
    expect(runWithoutVersionBump).toHaveBeenCalledTimes(2);
    runWithoutVersionBump.mockRestore();
    expect(await fixture.seqs()).toEqual([2_001]);
    expect((await fixture.opened.reader.store()).data_version).toBe(before);
  });

  it('is deleted at the start in the background, and kept when the service stops', async () => {
    await fixture.append('AAA', 'BBB', 'CCC');
    clock.set('2036-01-01T12:00:00Z');
    const stopped = retention();
    await stopped.onModuleDestroy();
    expect(await stopped.prune()).toBe(0);
    const started = retention();
    started.onApplicationBootstrap();
    await eventually('two are forgotten', async () => (await fixture.seqs()).length === 1);
    await started.onModuleDestroy();
    expect(said).toEqual([expect.stringContaining('2 events')]);
    const again = retention();
    again.onApplicationBootstrap();
    await again.onModuleDestroy();
    expect(said).toHaveLength(1);
  });

  it('is awaited when the service stops during its deletion', async () => {
    await fixture.append('AAA', 'BBB');
    clock.set('2036-01-01T12:00:00Z');
    const order: string[] = [];
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const unitOfWork = Object.create(fixture.opened.unitOfWork) as UnitOfWork;
    unitOfWork.runWithoutVersionBump = async (work) => {
      begin();
      await nextTurn();
      const result = await fixture.opened.unitOfWork.runWithoutVersionBump(work);
      order.push('forgotten');
      return result;
    };
    const { reader, settings } = fixture.opened;
    const started = new EventRetention(fixture.log, reader, unitOfWork, settings, trusted);
    started.onApplicationBootstrap();
    await begun;
    await started.onModuleDestroy();
    order.push('stopped');
    expect(order).toEqual(['forgotten', 'stopped']);
  });

  it('is kept for another day when the database fails, and the failure is logged', async () => {
    await fixture.append('AAA', 'BBB');
    clock.set('2036-01-01T12:00:00Z');
    const broken = Object.create(fixture.log) as EventLog;
    broken.oldestSeq = () => Promise.reject(new Error('disk on fire'));
    const { reader, unitOfWork, settings } = fixture.opened;
    const failing = new EventRetention(broken, reader, unitOfWork, settings, trusted);
    failing.onApplicationBootstrap();
    await failing.onModuleDestroy();
    expect(said).toEqual([expect.stringContaining('disk on fire')]);
  });
});
