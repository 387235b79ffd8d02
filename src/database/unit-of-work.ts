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

/** Longest wait for running units at shutdown, in milliseconds; a unit on a dead connection ends later. */
const SETTLED_WITHIN_MS = 2_000;

type Work<T> = (unit: Unit) => Promise<T>;
type UnitWork<T> = (unit: Unit, manager: EntityManager) => Promise<Outcome<T>>;
type CommitListener = () => void;

/** Read model that must be up to date before a write is acknowledged. */
export interface CommitFollower {
  /**
   * Called inside the transaction after all writes, before COMMIT. The write lock is held, so every version up to
   * this one can be read. What it throws fails the unit.
   *
   * @param changes changes of this unit; those of others since the last call must be read
   * @returns publishes the new state to readers; called only after COMMIT
   */
  prepare(rows: RowSource, changes: ChangeSet): Promise<() => Promise<void>>;
}

/** Result of a unit, and whether it wrote anything; `publish` if readers see a new state. */
interface Outcome<T> {
  result: T;
  hasTouched: boolean;
  publish?: () => Promise<void>;
}

/** Versions whose changes are recorded. A read model that is further behind reloads everything. */
const VERSIONS_RECORDED = 10_000;
/** Older records are pruned once in this number of versions. */
const PRUNED_EVERY = 256;

/**
 * The only write path.
 *
 * TypeORM's SQLite DataSource has one connection for all callers: without a queue, overlapping requests would share
 * one transaction and roll back each other. Work inside a unit awaits nothing but the database. See
 * docs/adr/0002-one-write-path.md.
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
   * Queues `work` and runs it in its own transaction. If it wrote anything, `data_version` grows, and the commit
   * listeners have been called before this resolves.
   *
   * @throws DatabaseBusyError after five seconds of waiting in the queue and for the lock, DatabaseUnavailableError,
   *   NestedUnitError, or what `work` threw; nothing was written then. CommitUnknownError if it may have been.
   *   DatabaseReplacedError if the write would be, or is, lost.
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

  /** Sets the read model of this process; there is one. */
  followedBy(follower: CommitFollower): void {
    this.follower = follower;
  }

  /**
   * Like `run`, for rows that readers do not see, such as the relay's cursor. Neither raises `data_version` nor calls
   * the commit listeners.
   */
  runWithoutVersionBump<T>(work: Work<T>): Promise<T> {
    return this.enqueue(async (unit) => {
      const result = await work(unit);
      return { result, hasTouched: unit.hasTouched };
    });
  }

  /**
   * Calls `listener` after every commit that raised `data_version`. It must not throw. Returns a function that
   * unsubscribes.
   */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when all queued units have ended, or after two seconds. */
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
    const queuedAt = performance.now();
    return new Promise<T>((resolve, reject) => {
      let hasGivenUp = false;
      const timer = setTimeout(() => {
        hasGivenUp = true;
        reject(new DatabaseBusyError());
      }, LOCK_WAIT_MS);
      this.queue = this.queue.then(async () => {
        clearTimeout(timer);
        if (hasGivenUp) return;
        // The writer waits until its rows are visible; the next unit does not.
        await this.execute(work, queuedAt).then(
          ({ result, published }) => resolve(published.then(() => result)),
          reject,
        );
      });
    });
  }

  private async execute<T>(
    work: UnitWork<T>,
    queuedAt: number,
  ): Promise<{ result: T; published: Promise<void> }> {
    const waitMs = LOCK_WAIT_MS - (performance.now() - queuedAt);
    this.condition.rejectIfFatal();
    const { result, hasTouched, publish } = await inTransaction(this.writer, waitMs, (manager) =>
      this.markInside(() => work(new Unit(manager), manager)),
    ).catch((thrown: unknown) => {
      this.condition.writeFailed(thrown);
      throw asDatabaseError(thrown);
    });
    // A commit to a file that is gone must not be acknowledged.
    this.condition.rejectIfFatal();
    if (hasTouched) this.condition.writeSucceeded();
    return { result, published: publish ? this.publishAndNotify(publish) : Promise.resolve() };
  }

  private async publishAndNotify(publish: () => Promise<void>): Promise<void> {
    await publish();
    for (const listener of this.listeners) listener();
  }

  private prepare(manager: EntityManager, changes: ChangeSet): Promise<() => Promise<void>> {
    const runner = manager.queryRunner;
    if (!this.follower || !runner) return Promise.resolve(() => Promise.resolve());
    return this.follower.prepare(rowsThrough(runner), changes);
  }

  /**
   * Before Node 24, an AsyncLocalStorage in use hooks every promise of the process, which doubles the cost of a read.
   * It is therefore enabled only while a unit runs.
   */
  private async markInside<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.inside.run(true, work);
    } finally {
      this.inside.disable();
    }
  }
}

/** Handwritten: TypeORM's builders take longer to build it than the engines to run it. */
const RAISE = `UPDATE store SET data_version = data_version + 1 WHERE id = ${STORE_ROW} RETURNING data_version`;

/** Raises `data_version`, and records the changes of the unit under it. */
async function raiseVersion(unit: Unit, { queryRunner }: EntityManager): Promise<void> {
  const raised = await queryRunner?.query(RAISE, [], true);
  const { data_version } = (raised?.records as { data_version: number }[])[0] ?? {};
  if (data_version === undefined) throw new RangeError('The table "store" has no row');
  await unit.insert(ChangeEntity, unit.changes.recordedAs(data_version));
  if (data_version % PRUNED_EVERY === 0) {
    const old = LessThanOrEqual(data_version - VERSIONS_RECORDED);
    await unit.delete(ChangeEntity, { data_version: old });
  }
}
