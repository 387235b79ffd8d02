/** A block of server-sent events. */
export interface Block {
  id?: string;
  data?: string;
  /** Milliseconds. */
  retry?: number;
}

/** Splits the text of server-sent events into blocks (WHATWG HTML, section 9.2.6), however it was cut on its way. */
export class EventStreamParser {
  readonly #onBlock: (block: Block) => void;
  #rest = '';
  #isBeginning = true;
  #block: Block = {};

  /** `onBlock` gets every block that says something. */
  constructor(onBlock: (block: Block) => void) {
    this.#onBlock = onBlock;
  }

  push(text: string): void {
    this.#rest += text;
    if (this.#isBeginning && this.#rest !== '') {
      this.#rest = this.#rest.replace(/^\uFEFF/, '');
      this.#isBeginning = false;
    }
    // A CR at the end may be half of a CRLF: the line is known to end there only when more has come.
    const whole = /[^\r\n]*(?:\r\n|\n|\r(?!$))/y;
    let end = 0;
    for (let found = whole.exec(this.#rest); found; found = whole.exec(this.#rest)) {
      end = whole.lastIndex;
      this.#read(found[0].replace(/\r?\n$|\r$/, ''));
    }
    this.#rest = this.#rest.slice(end);
  }

  #read(line: string): void {
    if (line === '') {
      const block = this.#block;
      this.#block = {};
      if (Object.keys(block).length > 0) this.#onBlock(block);
      return;
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (name === 'data') {
      const before = this.#block.data;
      this.#block.data = before === undefined ? value : `${before}\n${value}`;
    } else if (name === 'id' && !value.includes('\0')) {
      this.#block.id = value;
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      this.#block.retry = Number(value);
    }
  }
}
