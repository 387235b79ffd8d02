import { setTimeout as pause } from 'node:timers/promises';
import { type ProblemBody, type RateBody, withBody } from '../support/json.js';
import { instant, type OperationLog, type Outcome, type WrittenRate } from './operation-log.js';

/** Longer than any fault of a fleet that heals by itself: a stopped instance may answer when it wakes. */
const PATIENCE_MS = 40_000;
const AFTER_A_FAILURE_MS = 200;
/** The connection was lost during the commit. */
const COMMIT_UNKNOWN = 'database.commit_unknown';
/** The refusals that promise that nothing was written. */
const NOTHING_WRITTEN = ['database.busy', 'database.full', 'database.unavailable'];

/**
 * Creates, edits and deletes rates of one currency of its own, one request after the other, each with a
 * value of its own. After a failure it leaves the rate alone: what became of it is told by the log.
 */
export class Writer {
  private written = 0;
  private isWriting = true;
  private readonly ended: Promise<void>;

  constructor(
    private readonly code: string,
    private readonly url: string,
    private readonly log: OperationLog,
    private readonly restMs: number,
  ) {
    this.ended = this.write();
  }

  async stop(): Promise<void> {
    this.isWriting = false;
    await this.ended;
  }

  private async write(): Promise<void> {
    while (this.isWriting) {
      const rate = await this.create();
      if (!rate) continue;
      if (rate.id % 3 === 0) await this.edit(rate);
      else if (rate.id % 5 === 0) await this.delete(rate);
    }
  }

  private async create(): Promise<{ id: number; value: string } | undefined> {
    const { code } = this;
    const value = this.nextValue();
    const request = withBody('POST', { code, name: 'Drill', value });
    const created = await this.send('create', '/rates/create', request, { code, value });
    if (created === undefined) return undefined;
    return { id: (JSON.parse(created) as RateBody).id, value };
  }

  private async edit({ id }: { id: number }): Promise<void> {
    const value = this.nextValue();
    const request = withBody('PATCH', { value });
    await this.send('edit', `/rates/update?rate_id=${id}`, request, { code: this.code, value, id });
  }

  private async delete({ id, value }: { id: number; value: string }): Promise<void> {
    const path = `/rates/delete?rate_id=${id}`;
    await this.send('delete', path, { method: 'DELETE' }, { code: this.code, value, id });
  }

  private nextValue(): string {
    this.written += 1;
    return `${this.written}.25`;
  }

  /** The body of an acknowledgement, undefined after anything else. */
  private async send(
    op: string,
    path: string,
    request: RequestInit,
    rate: WrittenRate,
  ): Promise<string | undefined> {
    const start = instant();
    const keep = (result: Outcome, detail?: string) =>
      this.log.keep({ op, start, end: instant(), result, ...(detail && { detail }), rate });
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(`${this.url}${path}`, { ...request, signal });
      const body = await response.text();
      if (response.ok) {
        if (op === 'create') rate.id = (JSON.parse(body) as RateBody).id;
        keep('acknowledged');
        if (this.restMs > 0) await pause(this.restMs);
        return body;
      }
      keep(outcomeOf(response, body), `${response.status} ${body}`);
    } catch (thrown) {
      keep('unanswered', reasonOf(thrown));
    }
    await pause(AFTER_A_FAILURE_MS);
    return undefined;
  }
}

function outcomeOf({ status, headers }: Response, body: string): Outcome {
  if (status !== 503) return 'unexpected';
  const retryAfter = headers.get('retry-after');
  const { code } = JSON.parse(body) as ProblemBody;
  // Whoever repeats such a write may write twice.
  if (code === COMMIT_UNKNOWN) return retryAfter === null ? 'unsure' : 'unexpected';
  if (!/^\d+$/.test(retryAfter ?? '')) return 'unexpected';
  return NOTHING_WRITTEN.includes(code) ? 'refused' : 'unsure';
}

function reasonOf(thrown: unknown): string {
  const { message, cause } = thrown as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
