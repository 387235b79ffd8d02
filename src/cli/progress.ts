import { SingleBar } from 'cli-progress';
import type { BackfillStep } from '../tasks/backfill-report.js';

/** Shows how far a backfill has come: a bar in a terminal, a line for each currency elsewhere. */
export class Progress {
  private bar: SingleBar | undefined;

  constructor(private readonly output: NodeJS.WriteStream) {}

  show({ done, total, code, added, corrected }: BackfillStep): void {
    if (!this.output.isTTY) {
      const corrections = corrected > 0 ? `, ${corrected} corrected` : '';
      this.output.write(`${done}/${total} ${code}: ${added} fixings added${corrections}\n`);
      return;
    }
    this.bar ??= this.start(total);
    this.bar.update(done, { code });
  }

  end(): void {
    this.bar?.stop();
  }

  private start(total: number): SingleBar {
    const bar = new SingleBar({
      format: '{bar} {value}/{total} {code}, {eta_formatted} left',
      stream: this.output,
      hideCursor: true,
    });
    bar.start(total, 0, { code: '' });
    return bar;
  }
}
