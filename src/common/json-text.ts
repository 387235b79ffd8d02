import { isUtf8 } from 'node:buffer';

/** Our own messages have three levels. */
const DEEPEST = 16;
/** Most members and elements in total; validating one takes about 0.05 ms. */
const MOST_VALUES = 200;
/** A double keeps so many decimal digits of any number (IEEE 754, `DBL_DIG`). */
const KEPT_DIGITS = 15;

/** The closing quote is optional, so that a string without one matches once, to the end of the text. */
const TOKEN = /"(?:[^"\\]|\\.)*("?)|[{}[\]:,]|-?\d[\d.eE+-]*/gs;
/** Leaves out a byte order mark at the beginning. */
const UTF_8 = new TextDecoder();

/** Rejected JSON text; the message completes "it …". */
export class UnreadableJsonError extends Error {}

/**
 * Parses JSON text (RFC 8259) of at most `mostBytes`.
 *
 * @throws UnreadableJsonError
 */
export function parseJson(bytes: Uint8Array, mostBytes: number): unknown {
  if (bytes.length > mostBytes) {
    throw new UnreadableJsonError(`has ${bytes.length} bytes; at most ${mostBytes} are read`);
  }
  checkJson(bytes);
  try {
    return JSON.parse(UTF_8.decode(bytes));
  } catch (thrown) {
    throw new UnreadableJsonError(`is not JSON: ${(thrown as Error).message}`);
  }
}

/**
 * Rejects, before it is parsed, JSON that is expensive to process or would not be read as it was sent:
 * bytes that are not UTF-8, deep nesting, too many values, a name that is repeated in its object, and a
 * number that a double would round. Syntax errors are left to the parser.
 *
 * @throws UnreadableJsonError
 */
export function checkJson(bytes: Uint8Array): void {
  if (!isUtf8(bytes)) throw new UnreadableJsonError('is not UTF-8');
  const open: Set<string>[] = [];
  let [values, lastString] = [0, ''];
  for (const [token, closingQuote] of UTF_8.decode(bytes).matchAll(TOKEN)) {
    if ('{[,'.includes(token) && ++values > MOST_VALUES) {
      throw new UnreadableJsonError(`has more than ${MOST_VALUES} values`);
    }
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > DEEPEST) {
        throw new UnreadableJsonError(`is nested deeper than ${DEEPEST} levels`);
      }
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ':') {
      noteName(open.at(-1), lastString);
    } else if (token.startsWith('"')) {
      if (closingQuote === '') return;
      lastString = token;
    } else if (token !== ',' && losesDigits(token)) {
      throw new UnreadableJsonError(`has the number ${token.slice(0, 40)}, of too many digits`);
    }
  }
}

/** JSON.parse silently keeps the last of two members with one name. */
function noteName(known: Set<string> | undefined, literal: string): void {
  const name = literal.includes('\\') ? unescaped(literal) : literal.slice(1, -1);
  if (known === undefined || name === undefined) return;
  if (known.has(name)) throw new UnreadableJsonError(`repeats the name ${name.slice(0, 40)}`);
  known.add(name);
}

function unescaped(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    // An invalid escape: the parser reports it.
    return undefined;
  }
}

/** Whether a double would round the number. */
function losesDigits(number: string): boolean {
  const sent = significantDigits(number);
  return sent.length > KEPT_DIGITS && sent !== significantDigits(String(Number(number)));
}

function significantDigits(number: string): string {
  const [mantissa = ''] = number.split(/e/i);
  const digits = mantissa.replace(/[-.]/g, '');
  let [from, to] = [0, digits.length];
  while (digits[from] === '0') from += 1;
  while (to > from && digits[to - 1] === '0') to -= 1;
  return digits.slice(from, to);
}
