import { packDecimal } from './packed-decimal.js';

const SPACE = 0x20;
const END_OF_LINE = 0x0a;
const POINT = 0x2e;
const ZERO = 0x30;
const QUOTE = 0x27;
/** Integers with at most this number of digits are exact in a double. */
const MOST_DIGITS = 15;
/** Largest value of an unsigned 32-bit column but NEVER. */
const LARGEST = 0xff_ff_ff_fe;

const NOTHING = Buffer.alloc(0);

/** Parses lines byte by byte, as `LineQuery` describes them. */
export class LineReader {
  bytes: Buffer = NOTHING;
  /** Position of the next byte. */
  at = 0;
  /** Result of `decimal`. */
  digits = 0;
  places = 0;

  begin(bytes: Buffer): void {
    this.bytes = bytes;
    this.at = 0;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Reads a non-negative integer of 32 bits. @throws RangeError */
  whole(): number {
    const { at: from } = this;
    let number = 0;
    for (let code = this.next(); code !== SPACE; code = this.next()) {
      if (code < ZERO || code > ZERO + 9) throw this.unreadable();
      number = number * 10 + (code - ZERO);
    }
    if (number > LARGEST || this.at - 1 === from) throw this.unreadable();
    return number;
  }

  /** Reads a price in plain notation into `digits` and `places`. @throws RangeError for any other text */
  decimal(): void {
    const { at: from } = this;
    let digits = 0;
    let point = -1;
    let isPlain = true;
    for (let code = this.next(); code !== SPACE; code = this.next()) {
      if (code === POINT && point < 0) point = this.at - 1;
      else if (code < ZERO || code > ZERO + 9) isPlain = false;
      else digits = digits * 10 + (code - ZERO);
    }
    const end = this.at - 1;
    const whole = (point < 0 ? end : point) - from;
    const hasLeadingZero = whole > 1 && this.bytes[from] === ZERO;
    const isShort = whole > 0 && point !== end - 1 && end - from <= MOST_DIGITS;
    if (isPlain && isShort && !hasLeadingZero) {
      this.digits = digits;
      this.places = point < 0 ? 0 : end - point - 1;
    } else {
      Object.assign(this, packDecimal(this.bytes.toString('utf8', from, end)));
    }
  }

  /** Skips a field. @returns its end */
  field(): number {
    while (this.next() !== SPACE);
    return this.at - 1;
  }

  /** Skips a quoted text and what separates it from the next field. @returns the end of its characters */
  quoted(): number {
    if (this.next() !== QUOTE) throw this.unreadable();
    for (;;) {
      while (this.next() !== QUOTE);
      // Otherwise two quotes stand for one.
      if (this.next() !== QUOTE) return this.at - 2;
    }
  }

  /** @throws RangeError if the last field did not end the line */
  endOfLine(): void {
    if (this.bytes[this.at - 1] !== END_OF_LINE) throw this.unreadable();
  }

  private next(): number {
    const code = this.bytes[this.at++];
    if (code === undefined) throw this.unreadable();
    return code;
  }

  private unreadable(): RangeError {
    return new RangeError(`Malformed row of a stored rate: byte ${this.at} of its page`);
  }
}
