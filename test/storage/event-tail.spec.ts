import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader } from '../../src/database/reader.js';
import { EventBus } from '../../src/events/event-bus.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventTail } from '../../src/events/event-tail.js';
import { LogIdentity } from '../../src/events/log-identity.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { createdRate, withEventLog } from '../support/with-event-log.js';

describe.each(databases)('the tail of the event log on $engine', ({ engine }) => {
  const fixture = withEventLog(engine);
  const { clock, said } = fixture;

  let tail: EventTail;
  let heard: number[][];

  /** Follows the log and collects whole batches. */
  const follow = async (reader = fixture.opened.reader, followed = fixture.log) => {
    heard = [];
    const bus = new EventBus();
    bus.subscribe('test', (batch) => heard.push(batch.map(({ seq }) => seq)));
    tail = new EventTail(followed, bus, reader, fixture.opened.unitOfWork);
    await tail.onModuleInit();
  };
  afterEach(() => tail.beforeApplicationShutdown());

  it('starts after the existing events, and delivers what is committed, in order', async () => {
    await fixture.append('AAA', 'BBB');
    await follow();
    const logId = (await fixture.opened.reader.store()).log_id;
    expect(tail.position).toEqual({ logId, seq: 2 });
    await fixture.append('CCC', 'DDD');
    await tail.caughtUp();
    await fixture.append('EEE');
    await tail.caughtUp();
    expect(heard).toEqual([[3, 4], [5]]);
    expect(tail.position).toEqual({ logId, seq: 5 });
  });

  it('is woken by every commit, and reads nothing while the version is unchanged', async () => {
    const reads: number[] = [];
    const counted = Object.create(fixture.log) as EventLog;
    counted.after = (seq, limit) => {
      reads.push(seq);
      return fixture.log.after(seq, limit);
    };
    await follow(fixture.opened.reader, counted);
    await tail.caughtUp();
    expect(reads).toEqual([]);
    await fixture.append('AAA');
    await eventually('the commit is heard', () => heard.length === 1);
    await tail.caughtUp();
    expect(reads).toEqual([0, 1]);
  });

  it('delivers commits of another process when woken, and none after it has stopped', async () => {
    await follow();
    const other = await OpenedDatabase.open(fixture.url);
    const abroad = new EventLog(clock, other.reader);
    const commit = (code: string) =>
      other.unitOfWork.run((unit) => abroad.append(unit, [createdRate(code)]));
    await commit('AAA');
    tail.wake();
    await tail.caughtUp();
    await commit('BBB');
    tail.wake();
    await tail.caughtUp();
    await tail.beforeApplicationShutdown();
    await commit('CCC');
    tail.wake();
    await nextTurn();
    await other.close();
    expect(heard).toEqual([[1], [2]]);
  });

  it('delivers no event that the in-memory model has not applied yet', async () => {
    await follow();
    let known = 1;
    tail.precededBy(() => Promise.resolve(known));
    await fixture.append('AAA', 'BBB');
    await tail.caughtUp();
    expect(heard).toEqual([[1]]);
    // No commit is needed for it.
    known = 2;
    await tail.caughtUp();
    expect(heard).toEqual([[1], [2]]);
  });

  it('reads a long log in pages', async () => {
    await follow();
    await fixture.append(...Array.from({ length: 1_001 }, (_, index) => `C${index}`));
    await tail.caughtUp();
    expect(heard.map(({ length }) => length)).toEqual([1_000, 1]);
  });

  it('learns the new id of the log', async () => {
    await follow();
    const name = await new LogIdentity(fixture.opened.reader, fixture.opened.unitOfWork).renew();
    await tail.caughtUp();
    expect(tail.position.logId).toBe(name);
  });

  it('retries when the log cannot be read, and logs each kind of failure once', async () => {
    const { reader } = fixture.opened;
    let failure: string | undefined;
    const flaky = Object.create(reader) as Reader;
    flaky.store = () =>
      failure === undefined ? reader.store() : Promise.reject(new Error(failure));
    await follow(flaky);
    failure = 'disk on fire';
    await fixture.append('AAA');
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

  it('delivers what is committed before it stops, and nothing after that', async () => {
    await follow();
    const written = fixture.append('AAA');
    await tail.beforeApplicationShutdown();
    await written;
    expect(heard).toEqual([[1]]);
    await fixture.append('BBB');
    expect(tail.position.seq).toBe(1);
  });
});
