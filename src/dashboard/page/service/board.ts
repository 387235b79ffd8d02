import { changesBetween } from './changes.js';
import { moscowDay } from '../values/days.js';
import { Latest } from './latest.js';
import { type Lines, linesUpTo } from './lines.js';
import { type DayOfRates, Problem, type Service, UNREACHABLE } from './service.js';
import type { Change, Days, Row, Sheet, Status } from '../values/shapes.js';
import { rowsOf, sheetOf } from './sheet.js';

const EVERYONES = { source: 'all' };
const LATEST = { ...EVERYONES, date: 'latest' };
/** `emptiness`: the service's problem if it has no rates for the day. */
type Answer = DayOfRates & { emptiness?: Problem };

/** Which data a page was painted from. */
type Painted = Pick<Status, 'log_id' | 'data_version'>;

const NO_RATES: DayOfRates = { rates: [], held: [], notLoaded: [] };
/** Codes of "no rates for today"; the problem has the reason. */
const NOTHING = ['rates.not_loaded', 'rates.not_set'];

/**
 * Data of the page. Dispatches `rates` (with `changes`) after a reload, `lines` after a reload of the last 30 days,
 * `status`, and `problem` if a request failed; the old data are kept then.
 */
export class Board extends EventTarget {
  rows: Row[] | null = null;
  sheet: Sheet | null = null;
  status: Status | null = null;
  notLoaded: readonly string[] = [];
  /** The service's problem if it has no rates at all. */
  emptiness: Problem | null = null;
  problem: Problem | null = null;
  /** When the service last said that what is shown is so, ISO 8601. Null for what came with a page, which may be old. */
  seenAt: string | null = null;
  /** Of the last 30 days. */
  lines: Lines = new Map();
  linesProblem: Problem | null = null;
  /** Days of `lines`. */
  lineDays: Days | null = null;
  readonly #service: Service;
  #loading: Promise<unknown> = Promise.resolve();
  /** Moscow's date by this machine's clock at the last reload; before the first, the day that was painted. */
  #day = '';
  /** Until the first reload. */
  #painted: Painted | null = null;
  readonly #latestLines = new Latest();

  constructor(service: Service) {
    super();
    this.#service = service;
  }

  /** Whether the last known rates are shown, because the service does not answer. */
  get isAway(): boolean {
    return this.problem?.code === UNREACHABLE;
  }

  /** Resolves when no reload is running. */
  get settled(): Promise<unknown> {
    return this.#loading;
  }

  /** Today, or the day of the sheet that was published ahead. Null until there are rates. */
  get newestDay(): string | null {
    return this.sheet?.next ?? this.sheet?.day ?? null;
  }

  /** Last day that has an answer; it depends on the service's state. Null until there are rates. */
  get lastDay(): string | null {
    const last = this.newestDay;
    const answerable = this.status?.bank.last_answerable_date ?? '';
    return last === null || last > answerable ? last : answerable;
  }

  /** Serializes reloads, so the last request is shown last. Resolves to the changes. */
  load(): Promise<Change[]> {
    const next = this.#loading.then(() => this.#loadNow());
    // The caller gets the exception; it must not break later reloads.
    this.#loading = next.catch(() => []);
    return next;
  }

  /**
   * Shows the answers that came with the page. The first reload asks for them again only if the service has others.
   *
   * @param painted undefined in the service, which does not reload
   */
  async begin(painted?: Painted): Promise<void> {
    if (!this.#service.isAtHand('v1/rates', EVERYONES)) return;
    const today = await this.#rates(EVERYONES);
    const isNextAtHand = this.#service.isAtHand('v1/rates', LATEST);
    this.#take(null, today, isNextAtHand ? await this.#rates(LATEST) : null);
    this.#painted = painted ?? null;
    this.#day = today.rates[0]?.requested_date ?? '';
  }

  /** Reloads if the service has something newer than the page. */
  async check(): Promise<Change[]> {
    const status = await this.#service.get<Status>('v1/status').catch((problem: unknown) => {
      this.#fail(problem);
    });
    if (!status) return [];
    const isBehind = status.data_version !== this.status?.data_version;
    if (isBehind || this.problem || moscowDay() !== this.#day) return this.load();
    this.#takeStatus(status);
    return [];
  }

  async #loadNow(): Promise<Change[]> {
    const [before, painted] = [this.#day, this.#painted];
    [this.#day, this.#painted] = [moscowDay(), null];
    try {
      // Read first: what follows may be newer, never older.
      const status = await this.#service.get<Status>('v1/status');
      if (before === this.#day && isOf(status, painted)) {
        this.#service.confirm();
        this.problem = null;
        this.#takeStatus(status);
        this.#loadLinesSoon();
        return [];
      }
      const today = await this.#rates(EVERYONES);
      const day = today.rates[0]?.requested_date;
      const isPublished = day === undefined || (status.newest_effective_date ?? '') > day;
      const latest =
        isPublished && status.newest_effective_date !== null ? await this.#rates(LATEST) : null;
      const changes = this.#take(status, today, latest);
      this.#loadLinesSoon();
      return changes;
    } catch (problem) {
      this.#fail(problem);
      return [];
    }
  }

  #takeStatus(status: Status): void {
    this.status = status;
    this.seenAt = new Date().toISOString();
    this.#tell('status', { status });
  }

  #rates(parameters: { source: string; date?: string }): Promise<Answer> {
    return this.#service.rates(parameters).catch((problem: unknown) => {
      if (!(problem instanceof Problem) || !NOTHING.includes(problem.code)) throw problem;
      return { ...NO_RATES, emptiness: problem };
    });
  }

  #take(status: Status | null, today: Answer, latest: Answer | null): Change[] {
    const before = this.rows;
    const sheet = sheetOf(today.rates, latest?.rates ?? null);
    const held = [...today.held, ...(latest?.held ?? [])];
    const rows = rowsOf({ today: today.rates, latest: latest?.rates ?? null, sheet, held });
    const emptiness = rows.length === 0 ? (today.emptiness ?? null) : null;
    // What is kept is read anew as soon as the service answers.
    const problem =
      today.seen === undefined ? null : new Problem({ code: UNREACHABLE, detail: '' });
    Object.assign(this, { sheet, rows, emptiness, problem, status: problem ? null : status });
    this.seenAt = today.seen ?? (status && new Date().toISOString());
    this.notLoaded = today.notLoaded;
    const changes = before === null ? [] : changesBetween(before, rows);
    this.#tell('rates', { changes });
    return changes;
  }

  #loadLinesSoon(): void {
    if (this.newestDay !== null) void this.#loadLines(this.newestDay);
  }

  async #loadLines(day: string): Promise<void> {
    const signal = this.#latestLines.begin();
    this.linesProblem = null;
    try {
      const wish = { service: this.#service, rows: this.rows ?? [], signal };
      Object.assign(this, await linesUpTo(day, wish));
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      this.linesProblem = problem;
    }
    this.#tell('lines', {});
  }

  #fail(problem: unknown): void {
    if (!(problem instanceof Problem)) throw problem;
    this.problem = problem;
    this.#tell('problem', { problem });
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Whether what came with the page is what the service still has. */
function isOf({ log_id, data_version }: Status, painted: Painted | null): boolean {
  return painted?.log_id === log_id && painted.data_version === data_version;
}
