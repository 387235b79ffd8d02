/** Days are `yyyy-mm-dd`, as the service writes them: text that sorts, without a zone. */
const DAY_MS = 86_400_000;

/** The day that is `count` days later, or earlier. */
export function addDays(day, count) {
  return new Date(midnight(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The same day so many months before, or the last one of that month. */
export function monthsBefore(day, count) {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - count, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** The date on the wall in Moscow. */
export function moscowDay(instant = new Date()) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(instant);
}

/** Seconds since 1970, which is what the chart counts in. */
export function secondsOf(day) {
  return midnight(day) / 1_000;
}

function midnight(day) {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Days and instants in words of a language. */
export class Calendar {
  #formats;
  #isRussian;

  constructor(language) {
    this.#isRussian = language === 'ru';
    const locale = this.#isRussian ? 'ru-RU' : 'en-GB';
    const of = (options) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    this.#formats = {
      long: of({ day: 'numeric', month: 'long', year: 'numeric' }),
      weekday: of({ weekday: 'long', day: 'numeric', month: 'long' }),
      short: of({ day: 'numeric', month: 'short' }),
      month: of({ month: 'short', year: 'numeric' }),
      year: of({ year: 'numeric' }),
      moment: of({
        ...{ timeZone: 'Europe/Moscow', day: 'numeric', month: 'short' },
        ...{ hour: '2-digit', minute: '2-digit' },
      }),
    };
  }

  /** 25 апреля 2026 г. */
  long(day) {
    return this.#formats.long.format(midnight(day));
  }

  /** 25 апреля (суббота): a form that stands after any preposition; Saturday 25 April. */
  weekday(day) {
    const parts = this.#formats.weekday.formatToParts(midnight(day));
    const part = (wanted) => parts.find(({ type }) => type === wanted).value;
    const date = `${part('day')} ${part('month')}`;
    return this.#isRussian ? `${date} (${part('weekday')})` : `${part('weekday')} ${date}`;
  }

  /** 25 апр. */
  short(day) {
    return this.#formats.short.format(midnight(day));
  }

  /** A mark of the chart's axis, `seconds` since 1970 and as fine as `step`. */
  mark(seconds, step) {
    const name = step < 28 * 86_400 ? 'short' : step < 365 * 86_400 ? 'month' : 'year';
    return this.#formats[name].format(seconds * 1_000);
  }

  /** An instant, as Moscow's clock showed it. */
  moment(instant) {
    return this.#formats.moment.format(new Date(instant));
  }
}
