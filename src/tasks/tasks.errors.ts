import { KursError } from '../common/kurs.error.js';

/** A run was requested during shutdown. */
export class StoppingError extends KursError {
  override readonly status = 503;

  constructor() {
    super('tasks.stopping', 'The service is stopping and starts no more runs');
  }
}

/** A run that started later has recorded first: this run's answer may be outdated. */
export class LateRunError extends KursError {
  override readonly status = 503;

  constructor() {
    super('tasks.late_run', 'A later run has recorded the sheet already');
  }
}

/** Another process took over loading history: this one stops between two commits. */
export class TakenOverError extends KursError {
  override readonly status = 503;

  constructor() {
    super('tasks.taken_over', 'Another process has taken over loading history');
  }
}

/** The requested backfill is impossible. */
export class ImpossibleBackfillError extends KursError {
  override readonly status = 503;

  constructor(reason: string) {
    super('tasks.impossible_backfill', reason);
  }
}
