import type { CalendarDate } from '../../common/calendar-date.js';
import { type DecimalText, jsonNumber } from '../../common/decimal.js';
import type { RateSource } from '../../events/rate-event.js';
import type { RateEntity } from './rate.entity.js';

/** Row of a rate, with instants as text. */
export interface RateRow {
  id: number;
  code: string;
  name: string;
  value: DecimalText;
  created_at: string;
  nominal: number;
  effective_date: CalendarDate;
  source: RateSource;
}

/**
 * Serializes a rate in the shape of the original service. The value is a JSON number, written from its digits, never
 * through a float.
 */
export function rateJson(row: RateRow): string {
  return (
    `{"id":${row.id},"code":${JSON.stringify(row.code)},"name":${JSON.stringify(row.name)}` +
    `,"value":${jsonNumber(row.value)},"created_at":"${row.created_at}"` +
    `,"nominal":${row.nominal},"effective_date":"${row.effective_date}","source":"${row.source}"}`
  );
}

export function rateEntityJson(rate: RateEntity): string {
  return rateJson({ ...rate, created_at: rate.created_at.toISOString() });
}
