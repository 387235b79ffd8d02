/** Filter of a client: some letter codes, or all. Immutable. */
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

  /** Codes in the order of subscription; undefined: all. */
  get codes(): string[] | undefined {
    return this.wanted && [...this.wanted];
  }

  accepts(code: string): boolean {
    return this.wanted?.has(code) ?? true;
  }

  /** A filter of all codes becomes a filter of these codes. */
  with(codes: readonly string[]): CodeFilter {
    return CodeFilter.of([...(this.codes ?? []), ...codes]);
  }

  /** Undefined for a filter of all codes: "all except" cannot be expressed as a list. */
  without(codes: readonly string[]): CodeFilter {
    return CodeFilter.of((this.codes ?? []).filter((code) => !codes.includes(code)));
  }
}
