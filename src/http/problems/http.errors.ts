import { KursError } from '../../common/kurs.error.js';

/** A query or a body that cannot be read: not UTF-8, not JSON, nested too deep. */
export class MalformedRequestError extends KursError {
  override readonly status = 400;

  constructor(reason: string) {
    super('http.malformed_request', reason);
  }
}

/** None of the formats that the client takes is one that this address has. */
export class NotAcceptableError extends KursError {
  override readonly status = 406;

  constructor(formats: readonly string[]) {
    super('http.not_acceptable', `Not acceptable; available: ${formats.join(', ')}`);
  }
}

/** A body of another kind than the one that is read here. */
export class UnsupportedMediaTypeError extends KursError {
  override readonly status = 415;

  constructor() {
    super('http.unsupported_media_type', 'The body must be JSON: "Content-Type: application/json"');
  }
}

export class MethodNotAllowedError extends KursError {
  override readonly status = 405;

  constructor(readonly allowed: string[]) {
    super('http.method_not_allowed', `Method not allowed; allowed: ${allowed.join(', ')}`);
  }
}

/** There is nothing at this address. */
export class UnknownAddressError extends KursError {
  override readonly status = 404;

  constructor(address: string) {
    super('http.not_found', `There is nothing at ${address}`);
  }
}

/** A request that would change state, but that the person may not know of. */
export class ForeignWriteError extends KursError {
  override readonly status = 403;

  constructor(reason: string) {
    super('http.foreign_write', reason);
  }
}

/** A write without a key, or with one that nobody has. */
export class KeyError extends KursError {
  override readonly status = 401;

  static missing(): KeyError {
    return new KeyError(
      'http.key_required',
      'Writes need an API key: "X-API-Key: <key>" or "Authorization: Bearer <key>"',
    );
  }

  static unknown(): KeyError {
    return new KeyError('http.key_unknown', 'This API key is not known here');
  }
}

/** The key is known, but opens something else. */
export class ScopeError extends KursError {
  override readonly status = 403;

  constructor(name: string, scope: string) {
    super('http.scope_missing', `The key of ${name} has no scope ${scope}`);
  }
}

/** Others could reach this service, and no key is set. */
export class ReadOnlyError extends KursError {
  override readonly status = 403;

  constructor() {
    super('http.read_only', 'This service is read-only: no API keys are set');
  }
}

/** Without keys, this machine alone may write, by its own name and not through a proxy. */
export class ForeignHostError extends KursError {
  override readonly status = 403;

  constructor() {
    const message =
      'Without API keys only this machine may write, as localhost and through no proxy';
    super('http.foreign_host', message);
  }
}

/** The address is longer than any that exists here. */
export class AddressTooLongError extends KursError {
  override readonly status = 414;

  constructor(most: number) {
    super('http.uri_too_long', `An address here has at most ${most} characters`);
  }
}

/** One address asks more often than the service allows. */
export class TooManyRequestsError extends KursError {
  override readonly status = 429;

  constructor(override readonly retryAfterSeconds: number) {
    super('http.too_many_requests', 'Too many requests from this address');
  }
}

/** As many long answers as the service gives at once are under way. */
export class TooManyExportsError extends KursError {
  override readonly status = 503;

  constructor() {
    super('http.too_many_exports', 'Too many long answers are under way; try again shortly');
  }
}

/** As many long answers as one address gets at once are under way. */
export class TooManyExportsFromAddressError extends KursError {
  override readonly status = 429;

  constructor() {
    super(
      'http.too_many_exports_from_address',
      'Too many long answers to this address are under way; try again when one of them has ended',
    );
  }
}

/** What came is no HTTP request, or only a part of one. */
export class BrokenRequestError extends KursError {
  constructor(
    code: string,
    message: string,
    override readonly status = 400,
  ) {
    super(code, message);
  }
}

/** The service cannot listen where it is told to; it does not start. */
export class CannotListenError extends KursError {
  constructor(reason: string) {
    super('http.cannot_listen', reason);
  }
}
