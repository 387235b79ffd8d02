import { rateJson, type RateRow } from '../rates/model/index.js';
import type { CodeFilter } from './code-filter.js';
import type { LogPosition } from './live-event.js';

/** The current rates at a place in the log: those of `at.seq`, or of later events, which follow in any case. */
export class Snapshot {
  private readonly texts: readonly { code: string; json: string }[];

  constructor(
    readonly at: LogPosition,
    rates: readonly RateRow[],
  ) {
    this.texts = rates.map((row) => ({ code: row.code, json: rateJson(row) }));
  }

  /** The message's JSON text, with the rates that the filter lets through. */
  jsonFor(filter: CodeFilter): string {
    const rates = this.texts.filter(({ code }) => filter.accepts(code)).map(({ json }) => json);
    const { logId, seq } = this.at;
    return `{"event":"snapshot","log_id":"${logId}","seq":${seq},"rates":[${rates.join(',')}]}`;
  }
}
