import type { CalendarDate } from '../../common/calendar-date.js';
import {
  Coverage,
  type CurrencyList,
  HELD_STATES,
  HeldDays,
  type HeldFigure,
  type HeldLine,
  isCarriedOver,
  type LastSet,
  SettingPeriods,
  SheetCalendar,
} from '../model/index.js';
import type { DocumentLine } from './book-parts.js';
import { ManualView } from './manual-view.js';
import { OfficialView } from './official-view.js';
import type { RateBook } from './rate-book.js';

/** Views with `asOf` kept per book, as such requests are repeated. */
const MOST_VIEWS = 8;

const views = new WeakMap<RateBook, Map<string | undefined, BookView>>();

/** View of a book now or as of an instant. */
export function viewOf(book: RateBook, asOf?: Date): BookView {
  const instant = asOf?.toISOString();
  const known = views.get(book) ?? new Map<string | undefined, BookView>();
  views.set(book, known);
  let view = known.get(instant);
  if (!view) {
    const [oldest] = [...known.keys()].filter((key) => key !== undefined);
    if (known.size >= MOST_VIEWS && oldest !== undefined) known.delete(oldest);
    known.set(instant, (view = new BookView(book, instant)));
  }
  return view;
}

/** Everything that reads of rates use; each part is computed on first access. */
export class BookView {
  readonly official: OfficialView;
  readonly manual: ManualView;
  private readonly withdrawn: ReadonlySet<CalendarDate>;
  private known: Partial<Worked> = {};

  /** @param asOf ISO 8601 UTC text; undefined: now */
  constructor(
    readonly book: RateBook,
    private readonly asOf: string | undefined,
  ) {
    this.withdrawn = withdrawnDates(book, asOf);
    this.official = new OfficialView(book, asOf, this.withdrawn);
    this.manual = new ManualView(book, asOf);
  }

  get currencies(): CurrencyList {
    return this.book.parts.currencies;
  }

  get coverage(): Coverage {
    const { coverage, setting } = this.book.parts;
    this.known.coverage ??= new Coverage(
      this.recorded(coverage),
      new SettingPeriods(this.recorded(setting)),
    );
    return this.known.coverage;
  }

  /** Last fixings of IDs that share a letter code. */
  get lastSet(): LastSet {
    this.known.lastSet ??= new Map(
      this.currencies.sharing.flat().flatMap((id) => {
        const last = this.official.lastSet(id);
        return last === undefined ? [] : [[id, last] as const];
      }),
    );
    return this.known.lastSet;
  }

  /** Known days with a sheet, without withdrawn ones. */
  get sheets(): SheetCalendar {
    this.known.sheets ??= new SheetCalendar(
      this.book.sheetDates.knownAt(this.asOf, this.withdrawn),
    );
    return this.known.sheets;
  }

  /** Date of the newest sheet; null before the first. */
  get newestSheet(): CalendarDate | null {
    return this.sheets.newest();
  }

  /** Date of the newest fetched sheet; null before the first. */
  get newestFetched(): CalendarDate | null {
    const { documents } = this.book.parts;
    const isIn = ({ kind, date }: DocumentLine) => kind === 'daily' && !this.withdrawn.has(date);
    return documents.findLast(isIn)?.date ?? null;
  }

  /** Date of the oldest rate; null if there is none. */
  get firstDate(): CalendarDate | null {
    const dates = this.currencies.all.map(({ cbr_id }) => this.official.edges(cbr_id).first);
    dates.push(this.manual.firstDate(undefined));
    return dates.filter((date) => date !== null).sort()[0] ?? null;
  }

  /** Held days, for every ID of the letter code: a new ID may be held. */
  get held(): HeldDays {
    this.known.held ??= new HeldDays(
      this.book.parts.held
        .filter(isCarriedOver)
        .filter((line) => isHeld(line, this.asOf))
        .flatMap(this.ofEveryId),
    );
    return this.known.held;
  }

  /**
   * Days whose sheet could not be fetched, with the error code, in order. Earlier states are unknown, so it is empty
   * with `asOf`.
   */
  get missing(): ReadonlyMap<CalendarDate, string> {
    const lines = this.asOf === undefined ? this.book.parts.missing : [];
    this.known.missing ??= new Map(lines.map(({ date, code }) => [date, code]));
    return this.known.missing;
  }

  private recorded<Line extends { recorded_at: string }>(lines: readonly Line[]): readonly Line[] {
    const { asOf } = this;
    return asOf === undefined ? lines : lines.filter(({ recorded_at }) => recorded_at <= asOf);
  }

  private readonly ofEveryId = ({ cbr_id, code, effective_date }: HeldFigure) => {
    const own = this.currencies.get(cbr_id);
    const ids = new Set([...(own ? [cbr_id] : []), ...this.currencies.idsOf(code)]);
    return [...ids].map((id) => ({ cbr_id: id, code, effective_date }));
  };
}

interface Worked {
  coverage: Coverage;
  lastSet: LastSet;
  sheets: SheetCalendar;
  held: HeldDays;
  missing: ReadonlyMap<CalendarDate, string>;
}

function isHeld({ state, held_at, decided_at }: HeldLine, asOf: string | undefined): boolean {
  if (asOf === undefined) return HELD_STATES.includes(state);
  if (held_at > asOf) return false;
  return HELD_STATES.includes(state) || (decided_at !== null && decided_at > asOf);
}

function withdrawnDates({ parts }: RateBook, asOf: string | undefined): Set<CalendarDate> {
  const isOut = ({ withdrawn_at: from, restored_at: to }: (typeof parts.withdrawn)[number]) =>
    asOf === undefined ? to === null : from <= asOf && (to === null || to > asOf);
  return new Set(parts.withdrawn.filter(isOut).map(({ date }) => date));
}
