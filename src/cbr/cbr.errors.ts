import { KursError } from '../common/kurs.error.js';

/** Everything that can be wrong with an answer of the bank. The names are stable: they appear in `GET /v1/status`. */
export type CbrFailure =
  | 'unreachable' // no connection, or none of the names and certificates that it takes
  | 'timeout' // not complete within CBR_TIMEOUT_MS
  | 'http_status' // any status but 200, redirects that lead nowhere included
  | 'too_large' // more bytes than a sheet can have
  | 'truncated' // ends before its root element does
  | 'encoding' // bytes that the declared encoding does not have
  | 'html' // a web page, such as the splash page of the bank's DDoS guard
  | 'malformed' // not well-formed XML
  | 'wrong_root' // XML, but another document
  | 'error_in_parameters' // the bank's own refusal, sent with status 200
  | 'empty' // a sheet without currencies
  | 'missing_element' // a currency without one of its elements, or with one twice
  | 'missing_id' // a currency without ID
  | 'malformed_id' // an ID or code that is none
  | 'duplicate_id' // two currencies with one ID
  | 'unreadable_number' // a value, nominal or unit rate that is no number of its kind
  | 'inconsistent' // VunitRate × Nominal is not Value
  | 'unreadable_date' // a date that is none
  | 'implausible_date'; // a date that the bank cannot have published yet, or not for what was asked

/** An answer of the bank that Kurs does not take. Nothing of it is stored. */
export class CbrError extends KursError {
  /** @param status of HTTP, where that is what is wrong */
  constructor(
    failure: CbrFailure,
    message: string,
    options?: ErrorOptions,
    private readonly status?: number,
  ) {
    super(`cbr.${failure}`, message, options);
  }

  /** The bank understood the question and refuses it: asking again would not help. */
  get isRefusal(): boolean {
    const { status = 0 } = this;
    return this.code === 'cbr.error_in_parameters' || (status >= 400 && status < 500);
  }
}
