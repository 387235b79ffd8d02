import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { addDays, toCalendarDate } from '../../src/common/calendar-date.js';
import { asDatabaseError } from '../../src/database/database.errors.js';
import { KursError } from '../../src/common/kurs.error.js';
import { EventBus } from '../../src/events/event-bus.js';
import { EventLog } from '../../src/events/event-log.js';
import { EventTail } from '../../src/events/event-tail.js';
import { RateBooks } from '../../src/rates/book/rate-books.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { bookContents } from '../support/book-contents.js';
import { type BookProcess, withBookProcesses } from '../support/book-process.js';
import { CutSnapshots } from '../support/cut-snapshots.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { readLog } from '../support/log-reader.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { RandomChanges } from '../support/random-changes.js';
import { IDS, RandomValues } from '../support/random-values.js';
import { RandomWork } from '../support/random-work.js';
import { Random } from '../support/random.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { createdRate } from '../support/with-event-log.js';

/** Changes of every kind that the book begins with. */
const CHANGES = 40;
const ROUNDS = 60;
/** Places in the reads of a follow at which it is cut off. */
const MOST_PLACES = 13;
/** Steps of each of two writers. */
const STEPS = 60;
const CUT_EVERY = 7;

describe.each(databases)('a book on $engine that follows others', ({ create, engine }) => {
  const { databaseUrl, open } = withBookProcesses(create);
  const endings: (() => Promise<void>)[] = [];
  let warnings: unknown[];

  beforeEach(() => {
    warnings = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((text) => void warnings.push(text));
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  });

  afterEach(async () => {
    for (const ending of endings.splice(0).reverse()) await ending();
    jest.restoreAllMocks();
  });

  /** A process whose connections are cut, or on SQLite its reads, and can be used again at once. */
  const openCut = async (cut?: (database: OpenedDatabase) => void) => {
    let url = databaseUrl();
    let cutNow = (): void => {
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    };
    if (engine === 'PostgreSQL') {
      const proxy = await TcpProxy.inFrontOf(url);
      endings.push(() => proxy.stop());
      url = proxy.through(url);
      cutNow = () => proxy.cut();
    }
    const database = await OpenedDatabase.open(url);
    endings.push(() => database.close());
    const snapshots = new CutSnapshots(database.snapshots, () => (cut ? cut(database) : cutNow()));
    const books = new RateBooks(snapshots.cutting, database.unitOfWork);
    await books.loaded();
    return { database, books, snapshots };
  };
  const writing = (writer: BookProcess, seed: number) => {
    const changes = new RandomChanges(new Random(seed));
    return async (count: number) => {
      for (let left = count; left > 0; left--) {
        await writer.database.unitOfWork.run((unit) => changes.make(unit));
      }
    };
  };

  /** What the services refuse is allowed. */
  const allowed = (step: Promise<unknown>) =>
    step.catch((thrown: unknown) => {
      if (!(thrown instanceof KursError)) throw thrown;
    });
  const storedEvents = async () => (await readLog(databaseUrl())).map(({ seq }) => seq);
  /** Events that are heard, and those of which the book did not know then. */
  const tailOf = async ({ database, books }: BookProcess, beforeLog = (): void => undefined) => {
    const [heard, unknown]: [number[], number[]] = [[], []];
    const bus = new EventBus();
    bus.subscribe('test', (batch) => {
      for (const { seq } of batch) {
        heard.push(seq);
        if (seq > books.current.position.seq) unknown.push(seq);
      }
    });
    const log = new EventLog(RandomWork.clock, database.reader);
    const cutLog = Object.create(log) as EventLog;
    cutLog.after = async (...words) => {
      beforeLog();
      return log.after(...words);
    };
    const tail = new EventTail(cutLog, bus, database.reader, database.unitOfWork);
    tail.precededBy(async (state) => {
      await books.follow(state);
      return books.isLoaded ? books.current.position.seq : Infinity;
    });
    await tail.onModuleInit();
    return { tail, heard, unknown };
  };

  it('is unchanged wherever it is cut off, and then continues with nothing lost and nothing twice', async () => {
    const writer = await open();
    const write = writing(writer, 12);
    const values = new RandomValues(new Random(14));
    await write(CHANGES);
    const { books, snapshots } = await openCut();
    const positions: number[] = [];
    books.onAdvance(({ dataVersion }) => positions.push(dataVersion));
    let [cuts, day] = [0, toCalendarDate('2026-01-01')];
    for (let round = 0; round < ROUNDS; round++) {
      // A new day is appended to a book that is then cut off; the next commit corrects that day.
      const isNew = round % 2 === 0;
      if (isNew) day = addDays(day, 40);
      const rates = IDS.map((id) => values.rate(id, day));
      await writer.database.unitOfWork.run(async (unit) => {
        if (!isNew) await unit.delete(RateEntity, { effective_date: day });
        await unit.insert(RateEntity, rates);
      });
      if (round % 10 === 0) await write(3);
      const before = books.current;
      snapshots.cutAt(1 + (round % MOST_PLACES));
      const failure: unknown = await books.follow().catch((thrown: unknown) => thrown);
      snapshots.cutAt(Infinity);
      if (failure === undefined) continue;
      expect(asDatabaseError(failure)).toMatchObject({ code: 'database.unavailable' });
      expect(books.current).toBe(before);
      cuts += 1;
      if (cuts % 2 === 1) continue;
      await books.follow();
      expect(bookContents(books.current)).toEqual(bookContents(writer.books.current));
    }
    expect(cuts).toBeGreaterThan(ROUNDS / 2);
    await books.follow();
    expect(bookContents(books.current)).toEqual(bookContents((await open()).books.current));
    expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
    expect(warnings).not.toContain('Reloading the stored rates');
  });

  it.each([1, 5, 12])(
    'is followed to the end, and its events are heard, if the service stops at place %s of it',
    async (place) => {
      const writer = await open();
      const log = new EventLog(RandomWork.clock, writer.database.reader);
      const changes = new RandomChanges(new Random(15));
      let stopped: Promise<void> | undefined;
      const follower = await openCut(() => {
        follower.books.onModuleDestroy();
        stopped = tail.beforeApplicationShutdown();
      });
      const { tail, heard } = await tailOf(follower);
      for (let step = 0; step < STEPS; step++) {
        await writer.database.unitOfWork.run(async (unit) => {
          await changes.make(unit);
          await log.append(unit, [createdRate('AAA')]);
        });
      }
      follower.snapshots.cutAt(place);
      await tail.caughtUp();
      await stopped;
      expect(stopped).toBeDefined();
      expect(heard).toEqual(await storedEvents());
      expect(heard.length).toBeGreaterThan(0);
      expect(bookContents(follower.books.current)).toEqual(bookContents(writer.books.current));
    },
  );

  it('has each state of two writers beside it, and each of their events once, although it is cut off', async () => {
    const writers = [await open(), await open()] as const;
    /** Contents by version, as the writers have them. */
    const expected = new Map<number, string>();
    const seen = new Map<number, string>();
    const note = (all: Map<number, string>, books: RateBooks) =>
      books.onAdvance(({ dataVersion }) => {
        if (dataVersion >= 0) all.set(dataVersion, JSON.stringify(bookContents(books.current)));
      });
    for (const { books } of writers) note(expected, books);
    const { database, books, snapshots } = await openCut();
    note(seen, books);

    const { tail, heard, unknown } = await tailOf({ database, books }, () => snapshots.pass());
    const active = new Set(writers);
    const work = writers.map(async (writer, seed) => {
      const works = new RandomWork(writer.database, new Random(20 + seed));
      for (let step = 0; step < STEPS; step++) {
        await allowed(works.step());
        await nextTurn();
      }
      active.delete(writer);
    });
    for (let round = 0; active.size > 0; round++) {
      if (round % 2 === 0) snapshots.cutAt(1 + (round % CUT_EVERY));
      await tail.caughtUp();
      await nextTurn();
    }
    await Promise.all(work);
    snapshots.cutAt(Infinity);
    const events = await storedEvents();
    await eventually('all events are heard', async () => {
      await tail.caughtUp();
      return tail.position.seq === events.at(-1);
    });
    expect(heard).toEqual(events);
    expect(unknown).toEqual([]);
    await books.follow();
    expect(bookContents(books.current)).toEqual(bookContents((await open()).books.current));
    const known = [...seen].filter(([version]) => expected.has(version));
    expect(known.length).toBeGreaterThan(2);
    for (const [version, contents] of known) expect(contents).toBe(expected.get(version));
    await tail.beforeApplicationShutdown();
  });
});
