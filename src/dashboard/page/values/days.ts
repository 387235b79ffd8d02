import type { Language } from './shapes.js';

/** Days are `yyyy-mm-dd`, as in the API: sortable text without a time zone. */
const DAY_MS = 86_400_000;

/** Adds `count` days, which may be negative. */
export function addDays(day: string, count: number): string {
  return new Date(midnight(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The same day `count` months before, or the last day of that month. */
export function monthsBefore(day: string, count: number): string {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - count, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** Today's date in Moscow. */
export function moscowDay(instant = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(instant);
}

/** Seconds since 1970, the unit of the chart. */
export function secondsOf(day: string): number {
  return midnight(day) / 1_000;
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

const FORMATS = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  short: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
  moment: {
    ...{ timeZone: 'Europe/Moscow', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  },
} satisfies Record<string, Intl.DateTimeFormatOptions>;
type Name = keyof typeof FORMATS;

/** Formats days and instants in a language. */
export class Calendar {
  readonly #formats = new Map<Name, Intl.DateTimeFormat>();
  readonly #isRussian: boolean;

  constructor(language: Language) {
    this.#isRussian = language === 'ru';
  }

  /** 25 апреля 2026 г. */
  long(day: string): string {
    return this.#format('long').format(midnight(day));
  }

  /** 25 апреля (суббота), a form that fits after any preposition; Saturday 25 April. */
  weekday(day: string): string {
    const parts = this.#format('weekday').formatToParts(midnight(day));
    const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
    const date = `${part('day')} ${part('month')}`;
    return this.#isRussian ? `${date} (${part('weekday')})` : `${part('weekday')} ${date}`;
  }

  /** 25 апр. */
  short(day: string): string {
    return this.#format('short').format(midnight(day));
  }

  /** Label of the chart's axis: `seconds` since 1970, with the resolution `step`. */
  mark(seconds: number, step: number): string {
    const name = step < 28 * 86_400 ? 'short' : step < 365 * 86_400 ? 'month' : 'year';
    return this.#format(name).format(seconds * 1_000);
  }

  /** Instant in Moscow time. */
  moment(instant: string): string {
    return this.#format('moment').format(new Date(instant));
  }

  /** Made when it is needed: each takes milliseconds, while the page starts. */
  #format(name: Name): Intl.DateTimeFormat {
    const known = this.#formats.get(name);
    if (known) return known;
    const locale = this.#isRussian ? 'ru-RU' : 'en-GB';
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...FORMATS[name] });
    this.#formats.set(name, format);
    return format;
  }
}
