import { KursError } from '../common/kurs.error.js';

/** A run was asked for while the service is shutting down. */
export class StoppingError extends KursError {
  constructor() {
    super('tasks.stopping', 'The service is stopping and starts no more runs');
  }
}
