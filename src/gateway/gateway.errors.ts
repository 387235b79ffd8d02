import { KursError } from '../common/kurs.error.js';
import type { LogPosition } from './live-event.js';

/** Events after the client's position are no longer in the log. */
export class ResyncRequiredError extends KursError {
  override readonly status = 410;

  constructor(
    reason: string,
    /** Current end of the log. */
    readonly at: LogPosition,
  ) {
    const details = { log_id: at.logId, seq: at.seq };
    super('gateway.resync_required', `${reason}: reload the rates`, undefined, details);
  }
}

/** The page's origin is not allowed. */
export class ForeignOriginError extends KursError {
  override readonly status = 403;

  constructor() {
    super('gateway.foreign_origin', 'Pages of this origin may not listen: see ALLOWED_ORIGINS');
  }
}

/** WS_MAX_CONNECTIONS is reached. */
export class FullError extends KursError {
  override readonly status = 503;

  constructor() {
    super('gateway.full', 'Connection limit reached; try again later');
  }
}

/** WS_MAX_PER_ADDRESS is reached. */
export class TooManyFromAddressError extends KursError {
  override readonly status = 429;

  constructor() {
    super('gateway.too_many_connections', 'Connection limit of this address reached');
  }
}

/** The service is shutting down. */
export class StoppingError extends KursError {
  override readonly status = 503;

  constructor() {
    super('gateway.stopping', 'The service is stopping; try again in a moment');
  }
}

/** Malformed WebSocket handshake (RFC 6455, section 4.2.1). */
export class BadHandshakeError extends KursError {
  override readonly status = 400;

  constructor(reason: string) {
    super('gateway.bad_handshake', reason);
  }
}

/** Plain HTTP request to the socket's address. */
export class UpgradeRequiredError extends KursError {
  override readonly status = 426;

  constructor() {
    super(
      'gateway.upgrade_required',
      'This address is a WebSocket; /v1/stream is the same for HTTP',
    );
  }
}

/** Malformed message. */
export class MalformedMessageError extends KursError {
  override readonly status = 400;

  /** `reason` completes "it …". */
  constructor(reason: string) {
    super('gateway.malformed_message', `A message is {"event":…,"data":…} in JSON; it ${reason}`);
  }
}

/** Unknown message name. */
export class UnknownMessageError extends KursError {
  override readonly status = 400;

  constructor(known: readonly string[]) {
    super('gateway.unknown_message', `Unknown message; known: ${known.join(', ')}`);
  }
}

/** The client's message rate limit is exceeded. */
export class TooManyMessagesError extends KursError {
  override readonly status = 400;

  constructor(perSecond: number) {
    super('gateway.too_many_messages', `At most ${perSecond} messages a second`);
  }
}

/** `unsubscribe` by a client that is subscribed to all codes. */
export class NothingToUnsubscribeError extends KursError {
  override readonly status = 400;

  constructor() {
    super(
      'gateway.not_subscribed',
      'This connection gets every code: subscribe to those that you want instead',
    );
  }
}
