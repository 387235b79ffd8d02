import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { AxiosResponse } from 'axios';
import { firstValueFrom } from 'rxjs';
import { Settings } from '../config/settings.js';
import { readWhole } from './answer-body.js';
import type { BankAnswer } from './bank-answer.js';
import { CbrError, stoppedError } from './cbr.errors.js';
import { networkError } from './network-error.js';
import { rejectForeign } from './foreign-redirect.js';

const MOST_REDIRECTS = 3;

/** Fetches one answer under a single deadline for connecting, headers and body. */
@Injectable()
export class CbrTransport {
  constructor(
    private readonly http: HttpService,
    private readonly settings: Settings,
  ) {}

  /**
   * `stop` aborts the request.
   *
   * @throws CbrError `cbr.unreachable`, `cbr.untrusted`, `cbr.timeout`, `cbr.stopped`, `cbr.http_status`,
   * `cbr.foreign_redirect`, `cbr.too_large`, `cbr.truncated` or `cbr.malformed`
   */
  async get(
    path: string,
    parameters: Record<string, string>,
    stop: AbortSignal,
  ): Promise<BankAnswer> {
    const { CBR_BASE_URL, CBR_TIMEOUT_MS } = this.settings;
    const deadline = AbortSignal.any([AbortSignal.timeout(CBR_TIMEOUT_MS), stop]);
    const url = new URL(`scripts/${path}`, `${CBR_BASE_URL.replace(/(?<!\/)\/+$/, '')}/`);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    try {
      const { status, headers, data: body } = await this.request(url, deadline);
      if (status === 200) {
        const quarantined: unknown = headers['kurs-quarantined'];
        return {
          bytes: await readWhole(body, deadline),
          isBuilt: headers['kurs-built'] !== undefined,
          quarantined: typeof quarantined === 'string' ? quarantined : '',
        };
      }
      body.destroy();
      const retryAfter: unknown = headers['retry-after'];
      throw new CbrError('http_status', `The bank answers with status ${status}`, undefined, {
        status,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      });
    } catch (thrown) {
      if (thrown instanceof CbrError) throw thrown;
      if (stop.aborted) throw stoppedError(thrown);
      if (!deadline.aborted) throw networkError(thrown);
      const message = `The bank did not answer completely within ${CBR_TIMEOUT_MS} ms`;
      throw new CbrError('timeout', message, { cause: thrown });
    }
  }

  private request(url: URL, deadline: AbortSignal): Promise<AxiosResponse<Readable>> {
    const answer = this.http.get<Readable>(url.href, {
      responseType: 'stream',
      signal: deadline,
      maxRedirects: MOST_REDIRECTS,
      beforeRedirect: ({ href }: Record<string, unknown>) => rejectForeign(String(href), url),
      headers: {
        'User-Agent': this.settings.CBR_USER_AGENT,
        Accept: 'application/xml, text/xml',
      },
      validateStatus: () => true,
    });
    return firstValueFrom(answer);
  }
}
