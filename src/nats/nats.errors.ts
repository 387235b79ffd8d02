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
