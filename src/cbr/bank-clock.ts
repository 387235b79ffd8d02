import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { Settings } from '../config/settings.js';

/** The bank's clock, from the `Date` header of its answers. */
@Injectable()
export class BankClock {
  constructor(
    private readonly http: HttpService,
    private readonly settings: Settings,
  ) {}

  /** Undefined if the answer has no such header. */
  async now(stop: AbortSignal): Promise<Date | undefined> {
    const { CBR_BASE_URL, CBR_TIMEOUT_MS, CBR_USER_AGENT } = this.settings;
    const { headers, data } = await firstValueFrom(
      this.http.get<Readable>(CBR_BASE_URL, {
        responseType: 'stream',
        maxRedirects: 0,
        validateStatus: () => true,
        headers: { 'User-Agent': CBR_USER_AGENT },
        signal: AbortSignal.any([AbortSignal.timeout(CBR_TIMEOUT_MS), stop]),
      }),
    );
    data.destroy();
    const instant = new Date(String(headers.date));
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  }
}
