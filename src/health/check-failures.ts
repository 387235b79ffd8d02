import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { asDatabaseError } from '../database/database.errors.js';
import { UnusableDatabaseError } from './health.errors.js';

/** Failures of checks: public answers get our own messages, the log gets the database's. */
export class CheckFailures {
  /** Last logged failure by check. */
  private readonly logged = new Map<string, string>();

  constructor(private readonly log: (name: string, reason: string) => void) {}

  /** The failure as clients may read it. An unnamed failure is logged once for each kind, as probes come every few seconds. */
  problemOf(name: string, thrown: unknown): KursError {
    const failure = asDatabaseError(thrown);
    if (failure instanceof KursError) return failure;
    const reason = messageOf(failure);
    if (reason !== this.logged.get(name)) {
      this.logged.set(name, reason);
      this.log(name, reason);
    }
    return new UnusableDatabaseError({ cause: failure });
  }

  /** Resets the check, so that its next failure is logged. */
  passed(name: string): void {
    this.logged.delete(name);
  }
}
