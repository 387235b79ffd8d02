import { KursError } from '../common/kurs.error.js';

/** A run was asked for while the service is shutting down. */
export class StoppingError extends KursError {
  constructor() {
    super('tasks.stopping', 'The service is stopping and starts no more runs');
  }
}

/** A run that began later has recorded what the bank says: this one's answer may be older. */
export class LateRunError extends KursError {
  constructor() {
    super('tasks.late_run', 'A later run has recorded the sheet already');
  }
}

/** Another process loads history now: this one stops between two commits. */
export class TakenOverError extends KursError {
  constructor() {
    super('tasks.taken_over', 'Another process has taken over loading history');
  }
}

/** A backfill was asked for that cannot be done. */
export class ImpossibleBackfillError extends KursError {
  constructor(reason: string) {
    super('tasks.impossible_backfill', reason);
  }
}
