import type { CalendarDate } from '../common/calendar-date.js';
import { KursError } from '../common/kurs.error.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';

export class RateNotFoundError extends KursError {
  constructor(id: number) {
    super('rates.not_found', `There is no rate with id ${id}`);
  }
}

export class UnknownCodeError extends KursError {
  constructor(code: string) {
    super('rates.unknown_code', `No rate of ${code} is stored`);
  }
}

/** The bank has not been asked about that day: an old rate would be a guess. */
export class NotLoadedError extends KursError {
  constructor(day: CalendarDate, code?: string) {
    const what = code === undefined ? 'What was set' : `The rate of ${code}`;
    const command = `npx kurs backfill --from ${day}`;
    const message = `${what} on ${day} is not loaded; "${command}" loads it`;
    super('rates.not_loaded', message, undefined, { command });
  }
}

/** The currency had no rate on that day: not yet, no longer, or never. */
export class NotSetError extends KursError {
  constructor(code: string | undefined, day: CalendarDate, last_date: CalendarDate | null) {
    const last = last_date === null ? '' : `; its last rate before is of ${last_date}`;
    const message =
      day < FIRST_SHEET_DATE
        ? `The bank's rates begin on ${FIRST_SHEET_DATE}`
        : `${code ?? 'No currency'} had no rate on ${day}${last}`;
    super('rates.not_set', message, undefined, { last_date });
  }
}

/** The sheet's own document is not stored. */
export class NoSheetError extends KursError {
  constructor(date: CalendarDate, reason: string) {
    super('rates.no_sheet', `${date}: ${reason}`);
  }
}

/** The rate is not, or no longer, the one that the caller has seen. */
export class PreconditionFailedError extends KursError {
  constructor(id: number) {
    super('rates.changed', `Rate ${id} has changed since: its present ETag is that of this answer`);
  }
}

/** The same Idempotency-Key came with another request before. */
export class KeyReusedError extends KursError {
  constructor() {
    super('rates.key_reused', 'This Idempotency-Key was used for another request');
  }
}

/** Nothing was ever held under that id. */
export class NotQuarantinedError extends KursError {
  constructor(id: number) {
    super('rates.not_quarantined', `No fixing was held under the id ${id}`);
  }
}

/** It was decided otherwise before. */
export class AlreadyDecidedError extends KursError {
  constructor(id: number, state: string) {
    super('rates.already_decided', `The fixing ${id} is ${state} already`);
  }
}
