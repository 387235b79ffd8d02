import type { FetchReport } from './fetch-report.js';

/** What a run asks of the bank on its way, and how long it takes; for the log. */
export class RunTrail {
  private readonly began = performance.now();
  private readonly asked = new Set<string>();
  private tries = 0;

  constructor(private readonly isForced: boolean) {}

  /** A try of a question, as the bank's address spells it. */
  note(question: string): void {
    this.asked.add(question);
    this.tries += 1;
  }

  /** The fields of the line that tells how the run ended. */
  fieldsOf({ started_at: _, finished_at: __, message: ___, ...report }: FetchReport): object {
    const { asked, tries, isForced } = this;
    const ms = Math.round(performance.now() - this.began);
    return { ...report, forced: isForced, asked: [...asked], tries, ms };
  }
}
