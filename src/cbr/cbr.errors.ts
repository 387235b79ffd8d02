import { KursError } from '../common/kurs.error.js';

/** What can be wrong with an answer of the bank. The names are stable: they appear in `GET /v1/status`. */
export type CbrFailure =
  | 'unreachable' // no connection, or one that ends before an answer begins
  | 'untrusted' // a certificate that is not the bank's, or not valid
  | 'timeout' // not complete within CBR_TIMEOUT_MS
  | 'stopped' // Kurs is stopping, and does not wait for the answer
  | 'http_status' // any status but 200, redirects that lead nowhere included
  | 'foreign_redirect' // a redirect away from the host, port and protocol of CBR_BASE_URL
  | 'retry_later' // the bank asked not to be retried before an instant
  | 'circuit_open' // the bank has failed several times in a row and is left alone for a while
  | 'too_large' // more bytes than a sheet can have
  | 'too_complex' // more elements, or deeper ones, than a document of the bank can have
  | 'truncated' // ends before its root element does
  | 'encoding' // bytes that the declared encoding does not have, or names that were misread
  | 'html' // a web page, such as the splash page of the bank's DDoS guard
  | 'malformed' // not well-formed XML
  | 'wrong_root' // XML, but another document, or that of another currency
  | 'error_in_parameters' // the bank's own refusal, sent with status 200
  | 'empty' // a sheet without currencies
  | 'missing_element' // a currency without one of its elements, or with one twice
  | 'missing_id' // a currency without ID
  | 'malformed_id' // an ID or code that is none
  | 'duplicate_id' // two currencies with one ID, or with one code
  | 'unreadable_number' // a value, nominal or unit rate that is no number of its kind
  | 'inconsistent' // VunitRate × Nominal is not Value
  | 'unreadable_date' // a date that is none
  | 'implausible_date' // a date that the bank cannot have published yet, or not for what was asked
  | 'stale_sheet' // asked for the newest sheet, it sends an older one that is known
  | 'incomplete'; // another Kurs, whose answer lacks rates that it holds in quarantine

/** Transient failures, worth a retry. */
const PASSING = new Set(['unreachable', 'timeout', 'truncated', 'retry_later'].map(toCode));
const REFUSAL = toCode('error_in_parameters');
const PUT_OFF = new Set(['circuit_open', 'retry_later'].map(toCode));
/** Statuses below 500 that are worth a retry: request timeout, too early, too many requests. */
const PASSING_STATUSES: readonly number[] = [408, 425, 429];

/** Limit for text quoted from an answer: it ends up in logs, status and database. */
const LONGEST_MESSAGE = 300;

/** HTTP status and headers of a rejected answer. */
export interface HttpAnswer {
  status: number;
  /** Its `Retry-After`, as sent. */
  retryAfter?: string | undefined;
}

/** Failed request to the bank, or an answer that was rejected. Nothing of it is stored. */
export class CbrError extends KursError {
  override readonly status = 502;

  /** @param answer given if the HTTP status is the failure */
  constructor(
    failure: CbrFailure,
    message: string,
    options?: ErrorOptions,
    readonly answer?: HttpAnswer,
  ) {
    const isLong = message.length > LONGEST_MESSAGE;
    super(toCode(failure), isLong ? `${message.slice(0, LONGEST_MESSAGE)}…` : message, options);
  }

  /**
   * Whether the bank has no data for the request. It says so with status 200: a status such as 403 or 451 comes
   * from a proxy in front of it and says nothing about the currency or the day.
   */
  get isRefusal(): boolean {
    return this.code === REFUSAL;
  }

  /** Whether the bank was not asked; it may be asked at `BankCircuit.retryAt`. */
  get isPutOff(): boolean {
    return PUT_OFF.has(this.code);
  }

  /** Whether the bank answered, but unusably: for another day the answer may be good. */
  get isBadAnswer(): boolean {
    return !this.isPassing && !this.isPutOff && this.code !== 'cbr.stopped';
  }

  /** Whether the failure is transient: of the bank or the network. */
  get isPassing(): boolean {
    const { status = 0 } = this.answer ?? {};
    return PASSING.has(this.code) || status >= 500 || PASSING_STATUSES.includes(status);
  }
}

/** The service is stopping, so waiting for the bank was aborted. */
export function stoppedError(cause: unknown): CbrError {
  return new CbrError('stopped', 'Kurs stopped waiting for the bank', { cause });
}

function toCode(failure: string): string {
  return `cbr.${failure}`;
}
