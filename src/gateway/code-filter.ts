/** Whose events a client gets: those of some codes, or all. A value: changing it makes another one. */
export class CodeFilter {
  static readonly EVERYTHING = new CodeFilter(undefined);

  /** Equal filters have equal keys. */
  readonly key: string;

  private constructor(private readonly wanted: ReadonlySet<string> | undefined) {
    this.key = wanted ? [...wanted].sort().join(',') : '*';
  }

  /** Undefined: all codes. */
  static of(codes: readonly string[] | undefined): CodeFilter {
    return codes ? new CodeFilter(new Set(codes)) : CodeFilter.EVERYTHING;
  }

  get isEverything(): boolean {
    return this.wanted === undefined;
  }

  /** In the order in which they were asked for; undefined: all. */
  get codes(): string[] | undefined {
    return this.wanted && [...this.wanted];
  }

  accepts(code: string): boolean {
    return this.wanted?.has(code) ?? true;
  }

  /** Who had all codes has these alone afterwards. */
  with(codes: readonly string[]): CodeFilter {
    return CodeFilter.of([...(this.codes ?? []), ...codes]);
  }

  /** Not defined where all codes are wanted: "all but these" cannot be said by naming codes. */
  without(codes: readonly string[]): CodeFilter {
    return CodeFilter.of((this.codes ?? []).filter((code) => !codes.includes(code)));
  }
}
