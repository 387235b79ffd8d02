import { packDecimal } from './packed-decimal.js';

const SPACE = 0x20;
const END_OF_LINE = 0x0a;
const POINT = 0x2e;
const ZERO = 0x30;
/** Integers with at most this number of digits are exact in a double. */
const MOST_DIGITS = 15;
/** Largest value of an unsigned 32-bit column but NEVER. */
const LARGEST = 0xff_ff_ff_fe;

/** Parses lines byte by byte. A field ends with a space; a text with arbitrary characters is preceded by its length. */
export class LineReader {
  /** Position of the next byte. */
  at = 0;
  /** Result of `decimal`. */
  digits = 0;
  places = 0;

  constructor(readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Reads a non-negative integer of 32 bits. @throws RangeError */
  whole(): number {
    let number = 0;
    for (let code = this.next(); code !== SPACE; code = this.next()) {
      if (code < ZERO || code > ZERO + 9) throw this.unreadable();
      number = number * 10 + (code - ZERO);
    }
    if (number > LARGEST) throw this.unreadable();
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

  /** Skips a text of `length` bytes. @returns its end */
  text(length: number): number {
    this.at += length;
    return this.at;
  }

  /** @throws RangeError if the line continues */
  endOfLine(): void {
    if (this.next() !== END_OF_LINE) throw this.unreadable();
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
