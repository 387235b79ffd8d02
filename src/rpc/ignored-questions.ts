import { Injectable, Logger } from '@nestjs/common';
import { Counter, type Metric } from 'prom-client';

/** Interval of log lines, in milliseconds: such requests may come thousands of times a second. */
const LINE_EVERY_MS = 60_000;
const LONGEST_QUOTE = 200;

/** Counts and logs requests whose reply subject is no inbox: they get no answer. */
@Injectable()
export class IgnoredQuestions {
  private readonly logger = new Logger(IgnoredQuestions.name);
  private readonly counter = new Counter({
    name: 'kurs_rpc_ignored_total',
    help: 'Questions over NATS that were not answered, for the subject of the answer is no inbox',
    registers: [],
  });
  private toldAt = -Infinity;
  private untold = 0;

  get all(): Metric[] {
    return [this.counter];
  }

  noteIgnored(subject: string, reply: string): void {
    this.counter.inc();
    const now = performance.now();
    if (now - this.toldAt < LINE_EVERY_MS) {
      this.untold += 1;
      return;
    }
    const others = this.untold > 0 ? `, and ${this.untold} more like it since the last line` : '';
    const quoted = JSON.stringify(reply.slice(0, LONGEST_QUOTE));
    this.logger.warn(
      `Ignored a question on ${subject} whose answer was wanted on ${quoted}, which is no inbox (NATS_REPLY_PREFIXES)${others}`,
    );
    this.toldAt = now;
    this.untold = 0;
  }
}
