import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { isAxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { CbrError } from './cbr.errors.js';

/** A sheet has about 10 kB, the longest answer known half a megabyte. */
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;
const MOST_REDIRECTS = 3;

/** Gets the bytes of one answer, whole, within one deadline over connecting, headers and body. */
@Injectable()
export class CbrTransport {
  constructor(
    private readonly http: HttpService,
    private readonly settings: Settings,
  ) {}

  /**
   * `stop` ends the request early, as a time-out does.
   *
   * @throws CbrError `cbr.unreachable`, `cbr.timeout`, `cbr.http_status`, `cbr.too_large` or `cbr.truncated`
   */
  async get(path: string, parameters: Record<string, string>, stop: AbortSignal): Promise<Buffer> {
    const { CBR_BASE_URL, CBR_TIMEOUT_MS, CBR_USER_AGENT } = this.settings;
    const deadline = AbortSignal.any([AbortSignal.timeout(CBR_TIMEOUT_MS), stop]);
    const url = new URL(`scripts/${path}`, `${CBR_BASE_URL.replace(/\/+$/, '')}/`);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    try {
      const response = await firstValueFrom(
        this.http.get<Readable>(url.href, {
          responseType: 'stream',
          signal: deadline,
          maxRedirects: MOST_REDIRECTS,
          headers: { 'User-Agent': CBR_USER_AGENT, Accept: 'application/xml, text/xml' },
          validateStatus: () => true,
        }),
      );
      if (response.status !== 200) {
        response.data.destroy();
        const { status } = response;
        throw new CbrError('http_status', `The bank answers with status ${status}`, {}, status);
      }
      return await readAll(response.data, deadline);
    } catch (thrown) {
      throw this.explain(thrown, deadline);
    }
  }

  private explain(thrown: unknown, deadline: AbortSignal): CbrError {
    if (thrown instanceof CbrError) return thrown;
    const options = { cause: thrown };
    if (deadline.aborted) {
      const { CBR_TIMEOUT_MS } = this.settings;
      const message = `The bank did not answer completely within ${CBR_TIMEOUT_MS} ms`;
      return new CbrError('timeout', message, options);
    }
    const reason = messageOf(thrown);
    if (isAxiosError(thrown) && thrown.code === 'ERR_FR_TOO_MANY_REDIRECTS') {
      return new CbrError('http_status', 'The bank redirects without end', options);
    }
    return isAxiosError(thrown)
      ? new CbrError('unreachable', `The bank cannot be reached: ${reason}`, options)
      : new CbrError('truncated', `The answer broke off: ${reason}`, options);
  }
}

async function readAll(body: Readable, deadline: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => body.destroy(new Error('aborted'));
  deadline.addEventListener('abort', stop);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_ANSWER_BYTES) {
        const message = `The answer is longer than ${LARGEST_ANSWER_BYTES} bytes`;
        throw new CbrError('too_large', message);
      }
      chunks.push(chunk);
    }
  } finally {
    deadline.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks);
}
