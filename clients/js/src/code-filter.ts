const CODE = /^[A-Z][A-Z0-9]{1,11}$/;
/** More are refused by the service. */
const MOST_CODES = 100;

/** Whose events are wanted: those of some codes, or all. */
export class CodeFilter {
  #wanted: Set<string> | undefined;

  /** Undefined: all codes. */
  constructor(codes?: readonly string[]) {
    this.#wanted = codes === undefined ? undefined : checked(codes);
  }

  /** Undefined: all. */
  get codes(): string[] | undefined {
    return this.#wanted && [...this.#wanted];
  }

  get isFiltered(): boolean {
    return this.#wanted !== undefined;
  }

  accepts(code: string): boolean {
    return this.#wanted?.has(code) ?? true;
  }

  /** Who had all codes has these alone afterwards, as the service understands it. */
  add(codes: readonly string[]): void {
    this.#wanted = checked([...(this.#wanted ?? []), ...codes]);
  }

  remove(codes: readonly string[]): void {
    if (!this.#wanted)
      throw new RangeError('All codes are wanted: subscribe to those that are to stay');
    const unwanted = new Set(codes.map(upper));
    const rest = [...this.#wanted].filter((code) => !unwanted.has(code));
    if (rest.length === 0) throw new RangeError('No code would be left: close the client instead');
    this.#wanted = new Set(rest);
  }
}

function checked(codes: readonly string[]): Set<string> {
  const wanted = new Set(codes.map(upper));
  if (wanted.size < 1 || wanted.size > MOST_CODES) {
    throw new RangeError(`1 to ${MOST_CODES} codes can be wanted, or all: ${wanted.size} are`);
  }
  for (const code of wanted) {
    if (!CODE.test(code)) throw new RangeError(`${code} is no letter code such as USD`);
  }
  return wanted;
}

/** Callers without types may pass anything. */
function upper(code: unknown): string {
  return String(code).trim().toUpperCase();
}
