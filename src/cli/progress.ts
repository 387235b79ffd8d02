import { SingleBar } from 'cli-progress';

/** How far a long command has come. */
export interface Step {
  done: number;
  total: number;
  /** What it has just done: a currency, a day. */
  what: string;
}

const LINE_EVERY = 100;

/** Shows how far a command has come: a bar in a terminal, a line for each step elsewhere. */
export class Progress {
  private bar: SingleBar | undefined;
  private nextLine = 0;

  constructor(private readonly output: NodeJS.WriteStream) {}

  /** `result` is what the step came to; a bar has no room for it. */
  show({ done, total, what }: Step, result: string): void {
    if (!this.output.isTTY) {
      this.output.write(`${done}/${total} ${what}: ${result}\n`);
      return;
    }
    this.bar ??= this.start(total);
    this.bar.update(done, { what });
  }

  /** Whether a step is worth a line, where there are thousands: one in a hundred, and the last. */
  isDue(done: number): boolean {
    if (this.output.isTTY) return true;
    const isDue = done >= this.nextLine;
    if (isDue) this.nextLine = done + LINE_EVERY;
    return isDue;
  }

  end(): void {
    this.bar?.stop();
  }

  private start(total: number): SingleBar {
    const bar = new SingleBar({
      format: '{bar} {value}/{total} {what}, {eta_formatted} left',
      stream: this.output,
      hideCursor: true,
    });
    bar.start(total, 0, { what: '' });
    return bar;
  }
}
