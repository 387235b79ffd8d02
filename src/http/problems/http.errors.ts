import { KursError } from '../../common/kurs.error.js';

/** Malformed query or body: not UTF-8, not JSON, nested too deep. */
export class MalformedRequestError extends KursError {
  override readonly status = 400;

  constructor(reason: string) {
    super('http.malformed_request', reason);
  }
}

/** The address supports none of the accepted formats. */
export class NotAcceptableError extends KursError {
  override readonly status = 406;

  constructor(formats: readonly string[]) {
    super('http.not_acceptable', `Not acceptable; available: ${formats.join(', ')}`);
  }
}

/** Unsupported type of body. */
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

/** The address does not exist. */
export class UnknownAddressError extends KursError {
  override readonly status = 404;

  constructor(address: string) {
    super('http.not_found', `Not found: ${address}`);
  }
}

/** A write that the user may not have intended. */
export class ForeignWriteError extends KursError {
  override readonly status = 403;

  constructor(reason: string) {
    super('http.foreign_write', reason);
  }
}

/** A write without a key, or with an unknown one. */
export class KeyError extends KursError {
  override readonly status = 401;

  static missing(): KeyError {
    return new KeyError(
      'http.key_required',
      'Writes need an API key: "X-API-Key: <key>" or "Authorization: Bearer <key>"',
    );
  }

  static unknown(): KeyError {
    return new KeyError('http.key_unknown', 'Unknown API key');
  }
}

/** The key lacks the scope. */
export class ScopeError extends KursError {
  override readonly status = 403;

  constructor(name: string, scope: string) {
    super('http.scope_missing', `The key of ${name} has no scope ${scope}`);
  }
}

/** Other machines can reach the service, and no key is set. */
export class ReadOnlyError extends KursError {
  override readonly status = 403;

  constructor() {
    super('http.read_only', 'This service is read-only: no API keys are set');
  }
}

/** Without keys only this machine may write, under a local name and not through a proxy. */
export class ForeignHostError extends KursError {
  override readonly status = 403;

  constructor() {
    const message =
      'Without API keys only this machine may write, as localhost and through no proxy';
    super('http.foreign_host', message);
  }
}

/** The address is too long. */
export class AddressTooLongError extends KursError {
  override readonly status = 414;

  constructor(most: number) {
    super('http.uri_too_long', `The address is too long; at most ${most} characters`);
  }
}

/** The address exceeds its rate limit. */
export class TooManyRequestsError extends KursError {
  override readonly status = 429;

  constructor(override readonly retryAfterSeconds: number) {
    super('http.too_many_requests', 'Too many requests from this address');
  }
}

/** The limit of concurrent long answers is reached. */
export class TooManyExportsError extends KursError {
  override readonly status = 503;

  constructor() {
    super('http.too_many_exports', 'Too many long answers are in progress; try again shortly');
  }
}

/** The limit of concurrent long answers per address is reached. */
export class TooManyExportsFromAddressError extends KursError {
  override readonly status = 429;

  constructor() {
    super(
      'http.too_many_exports_from_address',
      'Too many long answers to this address are in progress; try again when one has ended',
    );
  }
}

/** Malformed or incomplete HTTP. */
export class BrokenRequestError extends KursError {
  constructor(
    code: string,
    message: string,
    override readonly status = 400,
  ) {
    super(code, message);
  }
}

/** The service cannot listen on its address, and does not start. */
export class CannotListenError extends KursError {
  constructor(reason: string) {
    super('http.cannot_listen', reason);
  }
}
