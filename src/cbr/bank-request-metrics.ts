import { Injectable } from '@nestjs/common';
import { Counter, Histogram, type Metric } from 'prom-client';
import { KursError } from '../common/kurs.error.js';
import type { DocumentKind } from '../rates/model/index.js';
import type { RequestOptions } from './request-options.js';

const NOWHERE = { registers: [] };

/** Histogram of questions to the bank and counter of their attempts; exposed by health/. */
@Injectable()
export class BankRequestMetrics {
  private readonly questions = new Histogram({
    name: 'kurs_bank_question_duration_seconds',
    help: 'Questions to the bank, all their tries and pauses together, by document and by how they ended: ok, or the code of the failure',
    labelNames: ['document', 'code'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    ...NOWHERE,
  });
  private readonly tries = new Counter({
    name: 'kurs_bank_tries_total',
    help: 'Requests sent to the bank: a question has up to three',
    labelNames: ['document'],
    ...NOWHERE,
  });

  constructor() {
    // A first observation must show as an increase, so the series starts at 0.
    this.questions.zero({ document: 'daily', code: 'ok' });
  }

  get all(): Metric[] {
    return [this.questions, this.tries];
  }

  /** Times `ask`, which must use the options passed to it: they count its attempts. */
  async time<Answer>(
    document: DocumentKind,
    options: RequestOptions,
    ask: (options: RequestOptions) => Promise<Answer>,
  ): Promise<Answer> {
    const done = this.questions.startTimer({ document });
    const onTry = (question: string) => {
      this.tries.inc({ document });
      options.onTry?.(question);
    };
    try {
      const answer = await ask({ ...options, onTry });
      done({ code: 'ok' });
      return answer;
    } catch (thrown) {
      done({ code: thrown instanceof KursError ? thrown.code : 'internal' });
      throw thrown;
    }
  }
}
