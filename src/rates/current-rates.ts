import { Injectable } from '@nestjs/common';
import { moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/reader.js';
import type { RateRow } from './rate-json.js';
import { RatesInForceService } from './rates-in-force.service.js';
import { RatesQueries } from './rates.queries.js';
import { RequestedDays } from './requested-day.js';

/** What a consumer of events starts from. */
@Injectable()
export class CurrentRates {
  private latest: { of: string; rows: readonly RateRow[] } | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly days: RequestedDays,
    private readonly inForce: RatesInForceService,
    private readonly queries: RatesQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * The rates in force on the last day that is known (tomorrow, once its sheet is published), the
   * bank's and people's, as they stand: one that a person deleted is none. By code. The same array
   * while nothing has changed.
   */
  async rows(): Promise<readonly RateRow[]> {
    const { data_version } = await this.reader.store();
    // Another day may have other rates in force.
    const of = `${data_version} ${moscowDate(this.clock.now())}`;
    if (this.latest?.of !== of) this.latest = { of, rows: await this.read() };
    return this.latest.rows;
  }

  private async read(): Promise<RateRow[]> {
    const day = await this.days.resolve('latest', undefined);
    const { rates } = await this.inForce.on(day, 'all', {});
    return this.queries.standing([...rates.values()].map(({ current }) => current.id));
  }
}
