import { KursError } from '../common/kurs.error.js';

/** The service is about to stop. */
export class DrainingError extends KursError {
  constructor() {
    super('health.draining', 'This instance is stopping: send requests to another one');
  }
}
