/** Interns distinct values as small numbers. Values are only added, so all readers share one instance. */
export class Interned<Value extends string> {
  /** Total length of all values. */
  letters = 0;
  private readonly values: Value[] = [];
  private readonly numbers = new Map<Value, number>();
  /** Consecutive rows often share a value. */
  private last: { value: Value; number: number } | undefined;

  numberOf(value: Value): number {
    if (this.last?.value === value) return this.last.number;
    let number = this.numbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.numbers.set(value, number);
      this.letters += value.length;
    }
    this.last = { value, number };
    return number;
  }

  valueOf(number: number): Value {
    const value = this.values[number];
    if (value === undefined) throw new RangeError(`No value has the number ${number}`);
    return value;
  }

  get size(): number {
    return this.values.length;
  }
}
