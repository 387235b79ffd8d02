/** What a drill has found out. */
export interface CheckResult {
  name: string;
  /** What is wrong; undefined: it holds. */
  failure?: string;
}

const MOST_COMPLAINTS = 3;

/** Collects what must hold: one failure does not hide the next. */
export class Checks {
  readonly results: CheckResult[] = [];

  /** Holds when there are no complaints. */
  that(name: string, complaints: readonly string[]): void {
    if (complaints.length === 0) {
      this.results.push({ name });
      return;
    }
    const [shown, rest] = [complaints.slice(0, MOST_COMPLAINTS), complaints.length];
    const failure = `${shown.join('; ')}${rest > MOST_COMPLAINTS ? `; … ${rest} in all` : ''}`;
    this.results.push({ name, failure });
  }

  /** Holds when `condition` does; `found` says what there was instead. */
  holds(name: string, condition: boolean, found: unknown): void {
    this.that(name, condition ? [] : [`found ${String(found)}`]);
  }

  get failures(): CheckResult[] {
    return this.results.filter(({ failure }) => failure !== undefined);
  }
}
