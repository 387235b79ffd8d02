import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { KursError } from '../../common/kurs.error.js';
import { messageOf } from '../../common/message-of.js';
import { asDatabaseError } from '../../database/database.errors.js';
import type { ChangeSet } from '../../database/change-set.js';
import type { RowSource } from '../../database/row-source.js';
import { Snapshots } from '../../database/snapshots.js';
import { type CommitFollower, UnitOfWork } from '../../database/unit-of-work.js';
import { BookNotLoadedError } from '../model/index.js';
import { advanced, type Following } from './book-changes.js';
import { loadParts, sharedValues } from './book-loader.js';
import { readNews, readPosition } from './book-position.js';
import { type BookPosition, RateBook } from './rate-book.js';

/** A load that failed is tried again after so long, in milliseconds. */
const RETRY_MS = 5_000;

type BookListener = (position: BookPosition) => void;

/**
 * The book of this process. It is loaded once and then follows the commits: this process's own before
 * they are acknowledged, those of others when the event tail sees them.
 */
@Injectable()
export class RateBooks implements CommitFollower {
  private readonly logger = new Logger(RateBooks.name);
  private book: RateBook | undefined;
  private loading: Promise<void> | undefined;
  /** Why the last load failed, and when. */
  private failed: { why: Error; at: number } | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly listeners: BookListener[] = [];
  /** How long the last load took, in milliseconds. */
  loadMs = 0;

  constructor(
    private readonly snapshots: Snapshots,
    unitOfWork: UnitOfWork,
  ) {
    unitOfWork.followedBy(this);
  }

  /**
   * The newest book; what reads it sees one commit as long as it holds on to it.
   *
   * @throws BookNotLoadedError, or why it could not be loaded
   */
  get current(): RateBook {
    if (!this.book) throw this.failed?.why ?? new BookNotLoadedError();
    return this.book;
  }

  get isLoaded(): boolean {
    return this.book !== undefined;
  }

  /** Calls `listener` with the position of every book that becomes the current one; it must not throw. */
  onAdvance(listener: BookListener): void {
    this.listeners.push(listener);
    if (this.book) listener(this.book.position);
  }

  /** Loads it for a service that starts: one that can't be read yet is tried again, and reads say why. */
  async begin(): Promise<void> {
    try {
      await this.loaded();
    } catch (thrown) {
      this.logger.error(`The stored rates can't be loaded, trying on: ${messageOf(thrown)}`);
    }
  }

  /** Resolves when the book is loaded; loads it if nobody has yet. @throws what the database throws */
  async loaded(): Promise<RateBook> {
    if (!this.book) {
      // Another load may have been under way.
      this.loading ??= this.alone(async () => {
        if (!this.book) await this.load();
      }).finally(() => (this.loading = undefined));
      await this.loading;
    }
    return this.current;
  }

  /**
   * Brings the book to what is committed, unless it is at `known`. Loads it anew where it can't follow.
   *
   * @throws what the database throws: then the book stays as it is
   */
  follow(known?: Omit<BookPosition, 'seq'>): Promise<void> {
    return this.alone(async () => {
      const { book } = this;
      if (!book) {
        if (this.failed) await this.retry();
        return;
      }
      if (known && isSame(book.position, known)) return;
      const next = await this.snapshots.read((rows) => this.nextOf(book, rows, IN_TURNS));
      if (next) this.publish(next);
      else await this.retry();
    });
  }

  async prepare(rows: RowSource, own: ChangeSet): Promise<() => Promise<void>> {
    const { book } = this;
    const next = book && (await this.nextOf(book, rows, { own }));
    return async () => {
      if (next) this.publish(next);
      // A load under way may have looked before this commit.
      else await this.tryToFollow();
    };
  }

  /** What is committed is committed: where it can't be read back, the next look at the database has it. */
  private async tryToFollow(): Promise<void> {
    try {
      await this.follow();
    } catch (thrown) {
      this.logger.warn(`What was committed can't be read yet: ${messageOf(thrown)}`);
    }
  }

  /**
   * @returns the book itself where nothing was committed since; undefined where it can't follow: it belongs to another
   *   log, or to another history of the same one, for the database was set back
   */
  private async nextOf(
    book: RateBook,
    rows: RowSource,
    from: Pick<Following, 'own' | 'turn'>,
  ): Promise<RateBook | undefined> {
    const { logId, dataVersion, mark } = book.position;
    const { position, knownMark } = await readNews(rows, dataVersion);
    if (position.logId !== logId || position.dataVersion < dataVersion) return undefined;
    if (knownMark !== mark) return undefined;
    if (position.dataVersion === dataVersion) return book;
    try {
      return await advanced(book, { rows, position, ...from });
    } catch (thrown) {
      // What the database says is for the caller: a transaction may be over.
      if (asDatabaseError(thrown) instanceof KursError) throw thrown;
      this.logger.warn(`A change can't be followed: ${messageOf(thrown)}`);
      return undefined;
    }
  }

  /** @throws why it failed last, where that was a moment ago: nobody may think that the book is at what is stored */
  private async retry(): Promise<void> {
    if (this.failed && performance.now() - this.failed.at <= RETRY_MS) throw this.failed.why;
    await this.load();
  }

  private async load(): Promise<void> {
    const began = performance.now();
    if (this.book && !this.failed) this.logger.warn('Loading the stored rates again');
    try {
      const book = await this.loadedAnew();
      this.loadMs = performance.now() - began;
      this.failed = undefined;
      // The database may have been set back.
      this.book = undefined;
      this.publish(book);
    } catch (thrown) {
      const why = asDatabaseError(thrown) as Error;
      this.failed = { why, at: performance.now() };
      throw why;
    }
  }

  /**
   * Pages of what is committed at different moments, then what was committed since the first. Where that can't be
   * told, as while an older Kurs writes, all of one moment, however long SQLite's log grows meanwhile.
   */
  private async loadedAnew(): Promise<RateBook> {
    const shared = sharedValues();
    const loaded = async (rows: RowSource) => {
      const start = await readPosition(rows);
      this.dropOther(start);
      return new RateBook(start, await loadParts(rows, shared), shared);
    };
    const pages = await this.snapshots.readFreely(loaded);
    const book = await this.snapshots.read((rows) => this.nextOf(pages, rows, IN_TURNS));
    return book ?? this.snapshots.read(loaded);
  }

  /** Another log is another database: what the old one held is served no longer. */
  private dropOther({ logId }: BookPosition): void {
    if (!this.book || this.book.position.logId === logId) return;
    this.book = undefined;
    this.tell({ logId, dataVersion: -1, mark: null, seq: 0 });
  }

  /** A commit of our own and a look at the database may overlap: the later state stays. */
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

/** Reads that nobody waits for, under no lock. */
const IN_TURNS = { turn: () => nextTurn() };

type State = Omit<BookPosition, 'seq'>;

function isSame(one: State, other: State): boolean {
  return (
    one.logId === other.logId && one.dataVersion === other.dataVersion && one.mark === other.mark
  );
}
