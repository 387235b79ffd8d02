import { isCalendarDate, wallClockOf } from '../../common/calendar-date.js';

const DAY_MS = 86_400_000;
/** The formats of SQLAlchemy, of SQLite's CURRENT_TIMESTAMP and of ISO 8601. */
const TIME =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Parses a time, to the millisecond; one without an offset is in `zone`. Undefined for anything else.
 */
export function parseInstant(text: unknown, zone: string): Date | undefined {
  const match = typeof text === 'string' ? TIME.exec(text.trim()) : null;
  if (!match) return undefined;
  const [, day, hour = '', minute = '', second = '00', fraction = '', offset] = match;
  if (!isCalendarDate(day) || hour > '23' || minute > '59' || second > '59') return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const wall = `${day}T${hour}:${minute}:${second}.${milliseconds}`;
  if (offset === undefined) return instantAt(Date.parse(`${wall}Z`), zone);
  const colon = offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = new Date(`${wall}${colon}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** Whether the system has a time zone of this name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

/**
 * The instant at which clocks in `zone` show `wall`, given as the UTC time of the same reading. Where clocks
 * were set back and show it twice, the earlier instant; where they were set forward and skip it, the offset
 * before the change applies.
 */
function instantAt(wall: number, zone: string): Date {
  if (zone === 'UTC') return new Date(wall);
  const offsets = [offsetOf(wall - DAY_MS, zone), offsetOf(wall + DAY_MS, zone)];
  const shown = offsets.filter((offset) => offsetOf(wall - offset, zone) === offset);
  return new Date(wall - Math.max(...(shown.length > 0 ? shown : offsets.slice(0, 1))));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The offset of `zone` from UTC at `instant`, in milliseconds. */
function offsetOf(instant: number, zone: string): number {
  const format = formats.get(zone) ?? wallClockOf(zone);
  formats.set(zone, format);
  const shown = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day, hour, minute, second } = shown;
  const whole = Math.floor(instant / 1_000) * 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}
