import { KursError } from '../common/kurs.error.js';

/** No broker is configured, or it is not connected. */
export class BrokerUnavailableError extends KursError {
  constructor() {
    super('nats.unavailable', 'NATS is not connected');
  }
}

/** The proxy publishes events only; it has no requests. */
export class NoRequestsError extends KursError {
  constructor() {
    super('nats.no_requests', 'This client publishes events and sends no requests');
  }
}

/** The broker has no JetStream, so it stores nothing. */
export class NoStreamError extends KursError {
  constructor() {
    super('nats.no_stream', 'The broker has no JetStream: there is no stream to restore');
  }
}

/** The stream's configuration is incompatible; Kurs does not change it. */
export class UnfitStreamError extends KursError {
  constructor(stream: string, reason: string) {
    super('nats.unfit_stream', `The stream ${stream} cannot keep the events: ${reason}`);
  }
}

/** The stream's subjects have no responder: it was deleted. */
export class StreamGoneError extends KursError {
  constructor() {
    super('nats.stream_gone', 'No stream keeps them: it was deleted, or JetStream was turned off');
  }
}

/** The stream's content cannot be continued by the log in order. */
export class StreamNotWholeError extends KursError {
  constructor(first: number | undefined, last: number | undefined) {
    const held =
      first !== undefined && last !== undefined
        ? `events from ${first} to ${last}, which do not join on to what is wanted`
        : 'messages of another publisher';
    super(
      'nats.stream_not_whole',
      `The stream holds ${held}; --purge removes what it holds, and sends the log again`,
    );
  }
}

/** The log was pruned beyond that `seq`. */
export class PrunedEventsError extends KursError {
  constructor(oldest: number) {
    super(
      'nats.forgotten_events',
      `The log begins with event ${oldest}: --since must be at least ${oldest - 1}`,
    );
  }
}

/** That `seq` is beyond the end of the log. */
export class NoSuchEventError extends KursError {
  constructor(newest: number) {
    super(
      'nats.no_such_event',
      `The log ends with event ${newest}: --since must be at most ${newest}`,
    );
  }
}

/** The restoration was stopped. */
export class RestorationStoppedError extends KursError {
  constructor() {
    super('nats.stopped', 'Stopped: the same command goes on from where the stream ends');
  }
}

/** The broker took an event for a duplicate of a removed one: retry after the duplicate window. */
export class RemovedDuplicateError extends KursError {
  constructor() {
    super(
      'nats.removed_duplicate',
      'The stream was purged of events whose ids it still knows; it takes them again when its duplicate window has passed',
    );
  }
}
