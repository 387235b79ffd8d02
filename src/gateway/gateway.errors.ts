import { KursError } from '../common/kurs.error.js';

/** Events between what a client has and what the log can give are not to be had. */
export class ResyncRequiredError extends KursError {
  constructor(reason: string, log_id: string, seq: number) {
    super('gateway.resync_required', `${reason}: read the rates anew`, undefined, { log_id, seq });
  }
}
