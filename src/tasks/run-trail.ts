import type { FetchReport } from './fetch-report.js';

/** Requests and duration of a run, for the log. */
export class RunTrail {
  private readonly began = performance.now();
  private readonly asked = new Set<string>();
  private tries = 0;

  constructor(private readonly isForced: boolean) {}

  /** Adds an attempt by its address. */
  addRequest(question: string): void {
    this.asked.add(question);
    this.tries += 1;
  }

  /** Fields of the run's log line. */
  fieldsOf({ started_at: _, finished_at: __, message: ___, ...report }: FetchReport): object {
    const { asked, tries, isForced } = this;
    const ms = Math.round(performance.now() - this.began);
    return { ...report, forced: isForced, asked: [...asked], tries, ms };
  }
}
