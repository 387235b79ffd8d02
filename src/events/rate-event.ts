import type { CalendarDate } from '../common/calendar-date.js';
import { type DecimalText, jsonNumber } from '../common/decimal.js';

export const RATE_EVENTS = ['rate_created', 'rate_updated', 'rate_deleted'] as const;
export type RateEventName = (typeof RATE_EVENTS)[number];

/** `cbr`: published by the bank. `manual`: created or edited by a person. */
export type RateSource = 'cbr' | 'manual';

/** Change of a rate, before it has a `seq`. */
export interface RateChange {
  event: RateEventName;
  id: number;
  code: string;
  name: string;
  value: DecimalText;
  created_at: Date;
  nominal: number;
  effective_date: CalendarDate;
  /** Value and nominal that consumers had before; null for a new rate. */
  previous_value: DecimalText | null;
  previous_nominal: number | null;
  source: RateSource;
}

/**
 * The event's JSON text: the very bytes that sockets and NATS carry. Values are JSON numbers, written
 * from their digits; their 15 significant digits survive a double (RFC 8259, section 6).
 */
export function encodeRateEvent(change: RateChange, seq: number, eventId: string): string {
  const { previous_value: previous } = change;
  return (
    `{"event":"${change.event}","id":${change.id},"code":${JSON.stringify(change.code)}` +
    `,"name":${JSON.stringify(change.name)},"value":${jsonNumber(change.value)}` +
    `,"created_at":"${change.created_at.toISOString()}","nominal":${change.nominal}` +
    `,"effective_date":"${change.effective_date}"` +
    `,"previous_value":${previous === null ? 'null' : jsonNumber(previous)}` +
    `,"previous_nominal":${change.previous_nominal},"source":"${change.source}"` +
    `,"seq":${seq},"event_id":"${eventId}"}`
  );
}
