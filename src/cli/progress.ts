import { SingleBar } from 'cli-progress';

/** One completed step of a long command. */
export interface Step {
  done: number;
  total: number;
  /** The currency or the day of this step. */
  what: string;
}

const LINE_EVERY = 100;

/** Shows progress: a bar in a terminal, one line per step elsewhere. */
export class Progress {
  private bar: SingleBar | undefined;
  private nextLine = 0;

  constructor(private readonly output: NodeJS.WriteStream) {}

  /** `result` is the outcome of the step; the bar omits it. */
  show({ done, total, what }: Step, result: string): void {
    if (!this.output.isTTY) {
      this.output.write(`${done}/${total} ${what}: ${result}\n`);
      return;
    }
    this.bar ??= this.start(total);
    this.bar.update(done, { what });
  }

  /** Whether to show this step of thousands: always in a terminal, one in a hundred elsewhere. */
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
