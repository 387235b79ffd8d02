import { AsyncLocalStorage } from 'node:async_hooks';
import { type DataSource, type EntityManager, LessThanOrEqual } from 'typeorm';
import { ChangeEntity } from './change.entity.js';
import type { ChangeSet } from './change-set.js';
import { LOCK_WAIT_MS } from './data-source.options.js';
import { DatabaseCondition } from './database-condition.js';
import { asDatabaseError, DatabaseBusyError, NestedUnitError } from './database.errors.js';
import { type RowSource, rowsThrough } from './row-source.js';
import { STORE_ROW } from './store.entity.js';
import { inTransaction } from './transaction.js';
import { Unit } from './unit.js';

/** How long a stopping service waits for units under way: one on a dead wire ends later, in milliseconds. */
const SETTLED_WITHIN_MS = 2_000;

type Work<T> = (unit: Unit) => Promise<T>;
type UnitWork<T> = (unit: Unit, manager: EntityManager) => Promise<Outcome<T>>;
type CommitListener = () => void;

/** A model of the data in memory, which has to be true before whoever wrote is answered. */
export interface CommitFollower {
  /**
   * Called inside the transaction once all is written, before COMMIT. It holds the write lock, so every
   * version up to this one is there to be read. Must not throw.
   *
   * @param changes all that this unit has changed; what others have since the last call is to be read
   * @returns what shows the new state to readers; called after COMMIT alone
   */
  prepare(rows: RowSource, changes: ChangeSet): Promise<() => Promise<void>>;
}

/** What a unit came to, whether it wrote anything; `publish` where readers see something else after it. */
interface Outcome<T> {
  result: T;
  hasTouched: boolean;
  publish?: () => Promise<void>;
}

/** For so many versions it is recorded what they changed; who is further behind reads everything anew. */
const VERSIONS_RECORDED = 10_000;
/** Older records are deleted once in so many versions. */
const PRUNED_EVERY = 256;

/**
 * The only door through which rows are written.
 *
 * A SQLite DataSource of TypeORM has one connection, shared by everyone: without a queue, two
 * overlapping requests would share one transaction and undo each other. Work inside a unit awaits
 * nothing but the database. See docs/adr/0002-one-write-path.md.
 */
export class UnitOfWork {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly inside = new AsyncLocalStorage<true>();
  private readonly listeners = new Set<CommitListener>();
  private follower: CommitFollower | undefined;

  constructor(
    private readonly writer: DataSource,
    private readonly condition: DatabaseCondition,
  ) {}

  /**
   * Runs `work` in its own transaction, after the writers before it. When it wrote anything,
   * `data_version` grows and the commit listeners have been called before this resolves.
   *
   * @throws DatabaseBusyError after five seconds of waiting for those before it and for the lock, DatabaseUnavailableError,
   *   NestedUnitError, or what `work` threw; then nothing was written. DatabaseReplacedError when it would be, or is, lost.
   */
  run<T>(work: Work<T>): Promise<T> {
    return this.enqueue(async (unit, manager) => {
      const result = await work(unit);
      const { hasTouched } = unit;
      if (!unit.hasWritten) return { result, hasTouched };
      await raiseVersion(unit, manager);
      return { result, hasTouched, publish: await this.prepare(manager, unit.changes) };
    });
  }

  /** The one model of the data in this process. */
  followedBy(follower: CommitFollower): void {
    this.follower = follower;
  }

  /**
   * The same for rows that no reader is shown, such as the relay's cursor: `data_version` stays, and the
   * commit listeners hear nothing of it.
   */
  keepBooks<T>(work: Work<T>): Promise<T> {
    return this.enqueue(async (unit) => {
      const result = await work(unit);
      return { result, hasTouched: unit.hasTouched };
    });
  }

  /** Calls `listener` after every commit that raised `data_version`; it must not throw. Returns its undoing. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when the units asked for so far have ended, or after two seconds. */
  async settled(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SETTLED_WITHIN_MS);
      void this.queue.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** A queued unit times out; a started one runs to completion. */
  private enqueue<T>(work: UnitWork<T>): Promise<T> {
    if (this.inside.getStore()) return Promise.reject(new NestedUnitError());
    const askedAt = performance.now();
    return new Promise<T>((resolve, reject) => {
      let hasGivenUp = false;
      const timer = setTimeout(() => {
        hasGivenUp = true;
        reject(new DatabaseBusyError());
      }, LOCK_WAIT_MS);
      this.queue = this.queue.then(async () => {
        clearTimeout(timer);
        if (hasGivenUp) return;
        // Whoever wrote waits until it can be read; who writes next does not.
        await this.execute(work, askedAt).then(
          ({ result, published }) => resolve(published.then(() => result)),
          reject,
        );
      });
    });
  }

  private async execute<T>(
    work: UnitWork<T>,
    askedAt: number,
  ): Promise<{ result: T; published: Promise<void> }> {
    const waitMs = LOCK_WAIT_MS - (performance.now() - askedAt);
    this.condition.refuseIfFatal();
    const { result, hasTouched, publish } = await inTransaction(this.writer, waitMs, (manager) =>
      this.markInside(() => work(new Unit(manager), manager)),
    ).catch((thrown: unknown) => {
      this.condition.writeFailed(thrown);
      throw asDatabaseError(thrown);
    });
    // What was committed to a file that is gone must not be acknowledged.
    this.condition.refuseIfFatal();
    if (hasTouched) this.condition.writeSucceeded();
    return { result, published: publish ? this.told(publish) : Promise.resolve() };
  }

  private async told(publish: () => Promise<void>): Promise<void> {
    await publish();
    for (const listener of this.listeners) listener();
  }

  private prepare(manager: EntityManager, changes: ChangeSet): Promise<() => Promise<void>> {
    const runner = manager.queryRunner;
    if (!this.follower || !runner) return Promise.resolve(() => Promise.resolve());
    return this.follower.prepare(rowsThrough(runner), changes);
  }

  /**
   * Until Node 24 a storage in use has every promise of the process told to it, which costs those who only
   * read as much as their answers do: it is in use for no longer than a unit lasts.
   */
  private async markInside<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.inside.run(true, work);
    } finally {
      this.inside.disable();
    }
  }
}

/** The same text on both engines; TypeORM's builders take longer to make theirs than the engines to run it. */
const RAISE = `UPDATE store SET data_version = data_version + 1 WHERE id = ${STORE_ROW} RETURNING data_version`;

/** Raises `data_version`, and records what the unit has changed under the new one. */
async function raiseVersion(unit: Unit, { queryRunner }: EntityManager): Promise<void> {
  const raised = await queryRunner?.query(RAISE, [], true);
  const { data_version } = (raised?.records as { data_version: number }[])[0] ?? {};
  if (data_version === undefined)
    throw new RangeError('The database has lost the row that describes it');
  await unit.insert(ChangeEntity, unit.changes.recordedAs(data_version));
  if (data_version % PRUNED_EVERY === 0) {
    const old = LessThanOrEqual(data_version - VERSIONS_RECORDED);
    await unit.delete(ChangeEntity, { data_version: old });
  }
}
