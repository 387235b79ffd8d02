import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { asDatabaseError } from '../database/database.errors.js';
import { UnusableDatabaseError } from './health.errors.js';

/** Why checks fail: in our words for the public answer, in the database's for the log. */
export class CheckFailures {
  /** What was logged last, by the name of the check. */
  private readonly logged = new Map<string, string>();

  constructor(private readonly log: (name: string, reason: string) => void) {}

  /** The failure as clients may read it; one that Kurs does not name is logged, once per kind: probes come every few seconds. */
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

  /** The next failure of the check is news again. */
  passed(name: string): void {
    this.logged.delete(name);
  }
}
