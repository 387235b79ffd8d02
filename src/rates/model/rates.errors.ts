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

/** What an answer about days that are not loaded depends on. */
export interface LoadingState {
  /** Absent: now. */
  asOf: Date | undefined;
  /** Nothing at all is loaded, or was at `asOf`. */
  isEmpty: boolean;
  /** A sheet has been fetched, for whatever day. */
  hasSheet: boolean;
  today: CalendarDate;
}

/** The bank has not been asked about that day: an old rate would be a guess. */
export class NotLoadedError extends KursError {
  override readonly status = 404;

  constructor(day: CalendarDate, code: string | undefined, state: LoadingState) {
    const what = code === undefined ? 'What was set' : `The rate of ${code}`;
    const { message, command } = explainNotLoaded(`${what} on ${day}`, day, state);
    super('rates.not_loaded', message, undefined, command === undefined ? {} : { command });
  }
}

/** No command changes what was known in the past; and the first sheet is fetched, not loaded as history. */
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
    const last = last_date === null ? '' : `; its last rate before is of ${last_date}`;
    const message =
      day < FIRST_SHEET_DATE
        ? `The bank's rates begin on ${FIRST_SHEET_DATE}`
        : code === undefined
          ? `No currency had a rate on ${day}`
          : `${code} had no rate on ${day}${last}`;
    super('rates.not_set', message, undefined, { last_date });
  }
}

/** People have made no rate of the currency for that day or an earlier one. */
export class NotMadeError extends KursError {
  override readonly status = 404;

  constructor(code: string, day: CalendarDate) {
    const message = `People have made no rate of ${code} for ${day} or an earlier day`;
    super('rates.not_set', message, undefined, { last_date: null });
  }
}

/** People have made rates of a code that the bank does not know. */
export class NotOfTheBankError extends KursError {
  override readonly status = 404;

  constructor(code: string) {
    const message = `The bank sets no rate of ${code}; source=manual gives the rates that people made`;
    super('rates.not_set', message, undefined, { last_date: null });
  }
}

/** The sheet's own document is not stored. */
export class NoSheetError extends KursError {
  override readonly status = 404;

  constructor(date: CalendarDate, reason: string) {
    super('rates.no_sheet', `${date}: ${reason}`);
  }
}

/** The sheet was withdrawn before. */
export class AlreadyWithdrawnError extends KursError {
  override readonly status = 409;

  constructor(date: CalendarDate) {
    super('rates.already_withdrawn', `The sheet of ${date} is withdrawn already`);
  }
}

/** The rate is not, or no longer, the one that the caller has seen. */
export class PreconditionFailedError extends KursError {
  override readonly status = 412;

  constructor(current: { id: number }) {
    const message = `Rate ${current.id} has changed since: its present ETag is that of this answer`;
    super('rates.changed', message, undefined, { current });
  }
}

/** The same Idempotency-Key came with another request before. */
export class KeyReusedError extends KursError {
  override readonly status = 422;

  constructor() {
    super('rates.key_reused', 'This Idempotency-Key was used for another request');
  }
}

/** No item was ever held under that id. */
export class NotQuarantinedError extends KursError {
  override readonly status = 404;

  constructor(id: number) {
    super('rates.not_quarantined', `Nothing was held under the id ${id}`);
  }
}

/** It was decided otherwise before. */
export class AlreadyDecidedError extends KursError {
  override readonly status = 409;

  constructor(id: number, state: string) {
    super('rates.already_decided', `Item ${id} is ${state} already`);
  }
}

/** The service has started, and is still reading what it has stored. */
export class BookNotLoadedError extends KursError {
  override readonly status = 503;

  override readonly retryAfterSeconds = 1;

  constructor() {
    super('rates.loading', 'The stored rates are being loaded');
  }
}
