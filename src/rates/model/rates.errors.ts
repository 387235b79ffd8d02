import type { CalendarDate } from '../../common/calendar-date.js';
import { KursError } from '../../common/kurs.error.js';
import { commandLine } from '../../config/command-line.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';

export class RateNotFoundError extends KursError {
  override readonly status = 404;

  constructor(id: number) {
    super('rates.not_found', `There is no rate with id ${id}`);
  }
}

export class UnknownCodeError extends KursError {
  override readonly status = 404;

  constructor(code: string) {
    super('rates.unknown_code', `No rate of ${code} is stored`);
  }
}

/** Facts that decide how days that are not loaded are explained. */
export interface LoadingState {
  /** undefined: now. */
  asOf: Date | undefined;
  /** Nothing is loaded, or was at `asOf`. */
  isEmpty: boolean;
  /** Whether any sheet has been fetched. */
  hasSheet: boolean;
  today: CalendarDate;
}

/** The day has not been requested from the bank, so an older rate would be a guess. */
export class NotLoadedError extends KursError {
  override readonly status = 404;

  constructor(day: CalendarDate, code: string | undefined, state: LoadingState) {
    const what = code === undefined ? 'What was set' : `The rate of ${code}`;
    const { message, command } = explainNotLoaded(`${what} on ${day}`, day, state);
    super('rates.not_loaded', message, undefined, command === undefined ? {} : { command });
  }
}

/** No command changes what was known in the past. The first sheet is fetched, not loaded as history. */
function explainNotLoaded(
  what: string,
  day: CalendarDate,
  { asOf, isEmpty, hasSheet, today }: LoadingState,
): { message: string; command?: string } {
  if (asOf) {
    const at = asOf.toISOString();
    return {
      message: isEmpty
        ? `No rate of the bank was stored yet at ${at}`
        : `${what} was not loaded at ${at}`,
    };
  }
  if (day > today)
    return { message: `${what} is not known yet: no sheet is published for that day` };
  if (!hasSheet && day === today) {
    const command = commandLine('fetch');
    const message = `No sheet of the bank has been fetched yet; "${command}" fetches the newest one`;
    return { message, command };
  }
  const command = commandLine(`backfill --from ${day}`);
  return { message: `${what} is not loaded; "${command}" loads it`, command };
}

/**
 * A mirror of the bank cannot answer yet: the day, or the dictionary, is not loaded. Its clients take a 404 for the
 * bank's own answer, and an older rate for the right one.
 */
export class SheetNotLoadedError extends KursError {
  override readonly status = 503;

  override readonly retryAfterSeconds = 60;

  constructor(what: string) {
    super('rates.sheet_not_loaded', `${what} is not loaded; "kurs backfill" loads history`);
  }
}

/** The currency had no rate on that day: not yet, no longer, or never. */
export class NotSetError extends KursError {
  override readonly status = 404;

  constructor(code: string | undefined, day: CalendarDate, last_date: CalendarDate | null) {
    const last = last_date === null ? '' : `; its last rate before that is from ${last_date}`;
    const message =
      day < FIRST_SHEET_DATE
        ? `The bank's rates begin on ${FIRST_SHEET_DATE}`
        : code === undefined
          ? `No currency had a rate on ${day}`
          : `${code} had no rate on ${day}${last}`;
    super('rates.not_set', message, undefined, { last_date });
  }
}

/** No manual rate of the currency for that day or an earlier one. */
export class NotMadeError extends KursError {
  override readonly status = 404;

  constructor(code: string, day: CalendarDate) {
    const message = `There is no manual rate of ${code} for ${day} or an earlier day`;
    super('rates.not_set', message, undefined, { last_date: null });
  }
}

/** The code is unknown to the bank, but has manual rates. */
export class NotOfTheBankError extends KursError {
  override readonly status = 404;

  constructor(code: string) {
    const message = `The bank sets no rate of ${code}; use source=manual for its manual rates`;
    super('rates.not_set', message, undefined, { last_date: null });
  }
}

/** The sheet's document is not stored. */
export class NoSheetError extends KursError {
  override readonly status = 404;

  constructor(date: CalendarDate, reason: string) {
    super('rates.no_sheet', `${date}: ${reason}`);
  }
}

/** The sheet is already withdrawn. */
export class AlreadyWithdrawnError extends KursError {
  override readonly status = 409;

  constructor(date: CalendarDate) {
    super('rates.already_withdrawn', `The sheet of ${date} is already withdrawn`);
  }
}

/** The rate has changed since the caller read it. */
export class PreconditionFailedError extends KursError {
  override readonly status = 412;

  constructor(current: { id: number }) {
    const message = `Rate ${current.id} has changed; its current ETag is that of this answer`;
    super('rates.changed', message, undefined, { current });
  }
}

/** The Idempotency-Key was used with another request. */
export class KeyReusedError extends KursError {
  override readonly status = 422;

  constructor() {
    super('rates.key_reused', 'This Idempotency-Key was used for another request');
  }
}

/** No item with that id. */
export class NotQuarantinedError extends KursError {
  override readonly status = 404;

  constructor(id: number) {
    super('rates.not_quarantined', `There is no item with id ${id}`);
  }
}

/** The item has another decision already. */
export class AlreadyDecidedError extends KursError {
  override readonly status = 409;

  constructor(id: number, state: string) {
    super('rates.already_decided', `Item ${id} is already ${state}`);
  }
}

/** The service is still loading the rate book after its start. */
export class BookNotLoadedError extends KursError {
  override readonly status = 503;

  override readonly retryAfterSeconds = 1;

  constructor() {
    super('rates.loading', 'The stored rates are being loaded');
  }
}
