import { KursError } from '../common/kurs.error.js';

/** Nothing can be published: no broker is set, or it is not connected. */
export class BrokerUnavailableError extends KursError {
  constructor() {
    super('nats.unavailable', 'NATS is not connected');
  }
}

/** The proxy publishes events; requests are not its business. */
export class NoRequestsError extends KursError {
  constructor() {
    super('nats.no_requests', 'This client publishes events and sends no requests');
  }
}

/** The broker keeps nothing: it has no JetStream. */
export class NoStreamError extends KursError {
  constructor() {
    super('nats.no_stream', 'The broker has no JetStream: there is no stream to restore');
  }
}

/** The stream is somebody else's, or made in a way that does not fit: Kurs does not change it. */
export class UnfitStreamError extends KursError {
  constructor(stream: string, reason: string) {
    super('nats.unfit_stream', `The stream ${stream} cannot keep the events: ${reason}`);
  }
}

/** Nobody answers for the subjects of the stream. */
export class StreamGoneError extends KursError {
  constructor() {
    super('nats.stream_gone', 'No stream keeps them: it was deleted, or JetStream was turned off');
  }
}

/** The stream holds something from which the log cannot go on in order. */
export class StreamNotWholeError extends KursError {
  constructor(first: number | undefined, last: number | undefined) {
    const held =
      first !== undefined && last !== undefined
        ? `events from ${first} to ${last}, which do not join on to what is wanted`
        : 'messages of somebody else';
    super(
      'nats.stream_not_whole',
      `The stream holds ${held}; --purge removes what it holds, and sends the log again`,
    );
  }
}

/** The log no longer goes back so far. */
export class ForgottenEventsError extends KursError {
  constructor(oldest: number) {
    super(
      'nats.forgotten_events',
      `The log begins with event ${oldest}: --since must be at least ${oldest - 1}`,
    );
  }
}

/** The log does not go so far. */
export class NoSuchEventError extends KursError {
  constructor(newest: number) {
    super(
      'nats.no_such_event',
      `The log ends with event ${newest}: --since must be at most ${newest}`,
    );
  }
}

/** Somebody wants no more to be sent. */
export class RestorationStoppedError extends KursError {
  constructor() {
    super('nats.stopped', 'Stopped: the same command goes on from where the stream ends');
  }
}

/** The broker takes an event for a repeat of one that it has removed: storing it must wait. */
export class RemovedDuplicateError extends KursError {
  constructor() {
    super(
      'nats.removed_duplicate',
      'The stream was purged of events whose ids it still knows; it takes them again when its duplicate window has passed',
    );
  }
}
