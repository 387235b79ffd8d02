import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { KursError } from '../../common/kurs.error.js';
import { messageOf } from '../../common/message-of.js';
import { asDatabaseError } from '../../database/database.errors.js';
import type { ChangeSet } from '../../database/change-set.js';
import { driverCode } from '../../database/driver-failure.js';
import type { RowSource } from '../../database/row-source.js';
import { Snapshots } from '../../database/snapshots.js';
import { type CommitFollower, UnitOfWork } from '../../database/unit-of-work.js';
import { BookNotLoadedError } from '../model/index.js';
import { advanced } from './book-changes.js';
import { loadParts, sharedValues } from './book-loader.js';
import { readNews, readPosition } from './book-position.js';
import { type BookPosition, RateBook } from './rate-book.js';
import { Slices } from '../../database/slices.js';

/** Pause before a failed load is retried, in milliseconds. */
const RETRY_MS = 5_000;

type BookListener = (position: BookPosition) => void;

/**
 * The rate book of this process. It is loaded once and then follows commits: its own before they are acknowledged,
 * those of other processes when the event tail sees them.
 */
@Injectable()
export class RateBooks implements CommitFollower, OnModuleDestroy {
  private readonly logger = new Logger(RateBooks.name);
  private book: RateBook | undefined;
  private loading: Promise<void> | undefined;
  /** Error and time of the last failed load. */
  private failed: { why: Error; at: number } | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly listeners: BookListener[] = [];
  private readonly stopping = new AbortController();
  /** Duration of the last load, in milliseconds. */
  loadMs = 0;

  constructor(
    private readonly snapshots: Snapshots,
    unitOfWork: UnitOfWork,
  ) {
    unitOfWork.followedBy(this);
  }

  /**
   * The newest book; a reader sees one commit as long as it keeps the reference.
   *
   * @throws BookNotLoadedError, or the error of the last load
   */
  get current(): RateBook {
    if (!this.book) throw this.failed?.why ?? new BookNotLoadedError();
    return this.book;
  }

  get isLoaded(): boolean {
    return this.book !== undefined;
  }

  /** Ends a load, which nobody needs any more. Commits are followed to the end: their events are still delivered. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Calls `listener` with the position of every new current book. It must not throw. */
  onAdvance(listener: BookListener): void {
    this.listeners.push(listener);
    if (this.book) listener(this.book.position);
  }

  /** Loads the book at the start of a service. A failure is retried later, and reads report it. */
  async begin(): Promise<void> {
    try {
      await this.loaded();
    } catch (thrown) {
      if (this.stopping.signal.aborted) return;
      this.logger.error(`Failed to load the stored rates, retrying: ${messageOf(thrown)}`);
    }
  }

  /** Resolves when the book is loaded; starts loading if necessary. @throws the database's error */
  async loaded(): Promise<RateBook> {
    if (!this.book) {
      // Another load may have finished in the meantime.
      this.loading ??= this.alone(async () => {
        if (!this.book) await this.load();
      }).finally(() => (this.loading = undefined));
      await this.loading;
    }
    return this.current;
  }

  /**
   * Updates the book to the committed state, unless it is at `known`. Reloads it if changes cannot be followed.
   *
   * @throws the database's error; the book then stays unchanged
   */
  follow(known?: Omit<BookPosition, 'seq'>): Promise<void> {
    return this.alone(async () => {
      const { book } = this;
      if (!book) {
        if (this.failed) await this.retry();
        return;
      }
      if (known && isSame(book.position, known)) return;
      const next = await this.snapshots.readInSnapshot((rows) => this.nextOf(book, rows));
      if (next) this.publish(next);
      else await this.retry();
    });
  }

  async prepare(rows: RowSource, own: ChangeSet): Promise<() => Promise<void>> {
    const { book } = this;
    const next = book && (await this.nextOf(book, rows, own));
    return async () => {
      if (next) this.publish(next);
      // A concurrent load may have started before this commit.
      else await this.tryToFollow();
    };
  }

  /** The commit stands even if it cannot be read back; the next poll reads it. */
  private async tryToFollow(): Promise<void> {
    try {
      await this.follow();
    } catch (thrown) {
      this.logger.warn(`Failed to read back a commit: ${messageOf(thrown)}`);
    }
  }

  /**
   * @returns the book itself if nothing was committed since; undefined if it cannot follow, because the log is
   *   another one or the database was set back
   */
  private async nextOf(
    book: RateBook,
    rows: RowSource,
    own?: ChangeSet,
  ): Promise<RateBook | undefined> {
    const { logId, dataVersion, mark } = book.position;
    const { position, knownMark } = await readNews(rows, dataVersion);
    if (position.logId !== logId || position.dataVersion < dataVersion) return undefined;
    if (knownMark !== mark) return undefined;
    if (position.dataVersion === dataVersion) return book;
    try {
      return await advanced(book, { rows, position, own });
    } catch (thrown) {
      // A database error is for the caller: the transaction may be over.
      const hasFailed = driverCode(thrown) !== '' && own !== undefined;
      if (hasFailed || asDatabaseError(thrown) instanceof KursError) throw thrown;
      this.logger.warn(`Failed to apply a change: ${messageOf(thrown)}`);
      return undefined;
    }
  }

  /** @throws the last error if it is recent: the caller must not believe that the book is up to date */
  private async retry(): Promise<void> {
    if (this.failed && performance.now() - this.failed.at <= RETRY_MS) throw this.failed.why;
    await this.load();
  }

  private async load(): Promise<void> {
    const began = performance.now();
    if (this.book && !this.failed) this.logger.warn('Reloading the stored rates');
    try {
      const book = await this.loadedAnew();
      this.loadMs = performance.now() - began;
      this.failed = undefined;
      // The database may have been set back, so `publish` must not compare versions.
      this.book = undefined;
      this.publish(book);
    } catch (thrown) {
      if (this.stopping.signal.aborted) return;
      const why = asDatabaseError(thrown) as Error;
      this.failed = { why, at: performance.now() };
      throw why;
    }
  }

  /**
   * Reads pages without a snapshot, then applies the commits since the first page. If these cannot be followed, as
   * while an older Kurs writes, reads everything in one snapshot, however large SQLite's WAL grows meanwhile.
   */
  private async loadedAnew(): Promise<RateBook> {
    const shared = sharedValues();
    const slices = new Slices(this.stopping.signal);
    const loaded = async (rows: RowSource) => {
      const start = await readPosition(rows);
      this.dropOther(start);
      return new RateBook(start, await loadParts(rows, shared, slices), shared);
    };
    const pages = await this.snapshots.readFreely(loaded);
    const book = await this.snapshots.readInSnapshot((rows) => this.nextOf(pages, rows));
    return book ?? this.snapshots.readInSnapshot(loaded);
  }

  /** Another log means another database: the old data must not be served. */
  private dropOther({ logId }: BookPosition): void {
    if (!this.book || this.book.position.logId === logId) return;
    this.book = undefined;
    this.tell({ logId, dataVersion: -1, mark: null, seq: 0 });
  }

  /** An own commit and a poll may overlap: the later state wins. */
  private publish(next: RateBook): void {
    const { position } = next;
    const isOld =
      this.book?.position.logId === position.logId &&
      this.book.position.dataVersion >= position.dataVersion;
    if (isOld) return;
    this.book = next;
    this.tell(position);
  }

  private tell(position: BookPosition): void {
    for (const listener of this.listeners) listener(position);
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

type State = Omit<BookPosition, 'seq'>;

function isSame(one: State, other: State): boolean {
  return (
    one.logId === other.logId && one.dataVersion === other.dataVersion && one.mark === other.mark
  );
}
