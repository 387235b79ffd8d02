import { rateJson, type RateRow } from '../rates/model/index.js';
import type { CodeFilter } from './code-filter.js';
import type { LogPosition } from './live-event.js';

/** Current rates at a position in the log. They may include later events, which are sent again anyway. */
export class Snapshot {
  private readonly texts: readonly { code: string; json: string }[];

  constructor(
    readonly at: LogPosition,
    rates: readonly RateRow[],
  ) {
    this.texts = rates.map((row) => ({ code: row.code, json: rateJson(row) }));
  }

  /** JSON text of the message, with the rates that match the filter. */
  jsonFor(filter: CodeFilter): string {
    const rates = this.texts.filter(({ code }) => filter.accepts(code)).map(({ json }) => json);
    const { logId, seq } = this.at;
    return `{"event":"snapshot","log_id":"${logId}","seq":${seq},"rates":[${rates.join(',')}]}`;
  }
}
