import { Injectable } from '@nestjs/common';
import type { EntityTarget, SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { CurrencyEntity } from './currency.entity.js';
import { RateRevisionEntity } from './rate-revision.entity.js';
import type { RateVersion } from './rate-version.js';
import { RateEntity } from './rate.entity.js';
import {
  byDateAndCode,
  type LatestVersions,
  type StoredVersion,
  type VersionScope,
} from './stored-version.js';

type Query = SelectQueryBuilder<RateVersion>;
type Named = Pick<CurrencyEntity, 'code' | 'name_en' | 'num_code'>;

/**
 * Rates that people created or edited, as they stand; with `asOf` as they stood. One holds from its
 * date until the next of the same code; of two for one day, the one made last.
 */
@Injectable()
export class ManualRates {
  constructor(private readonly reader: Reader) {}

  /** The newest rate of each code up to `day`, with the one of an earlier day before it; by code. */
  async latest(day: CalendarDate, scope: VersionScope): Promise<Map<string, LatestVersions>> {
    const latest = new Map<string, LatestVersions>();
    for (const code of scope.codes ?? (await this.codes())) {
      const newest = await this.newest(code, day, true, scope);
      if (!newest) continue;
      const previous = await this.newest(code, newest.effective_date, false, scope);
      latest.set(code, { current: newest, previous: previous ?? null });
    }
    return latest;
  }

  /** The rates of a range of days, by day and code. */
  async within({ from, to }: DateRange, { codes, asOf }: VersionScope): Promise<StoredVersion[]> {
    const rows = await this.standing(asOf, (query) => {
      query.andWhere('version.effective_date BETWEEN :from AND :to', { from, to });
      if (codes) query.andWhere('version.code IN (:...codes)', { codes });
      return query;
    });
    const lastMade = new Map(
      rows.sort(byDateAndCode).map((row) => [`${row.effective_date} ${row.code}`, row]),
    );
    return [...lastMade.values()];
  }

  /** The day of the oldest rate of the codes; null when there is none. */
  async firstDate({ codes }: VersionScope): Promise<CalendarDate | null> {
    const query = this.reader
      .select(RateEntity, 'version')
      .select('MIN(version.effective_date)', 'date')
      .where("version.source = 'manual'");
    if (codes) query.andWhere('version.code IN (:...codes)', { codes });
    return (await query.getRawOne<{ date: CalendarDate | null }>())?.date ?? null;
  }

  private async codes(): Promise<string[]> {
    const rows = await this.reader
      .select(RateEntity, 'version')
      .select('DISTINCT version.code', 'code')
      .where("version.source = 'manual'")
      .getRawMany<{ code: string }>();
    return rows.map(({ code }) => code);
  }

  private async newest(
    code: string,
    day: CalendarDate,
    isIncluded: boolean,
    { asOf }: VersionScope,
  ): Promise<StoredVersion | undefined> {
    const rows = await this.standing(asOf, (query) =>
      query
        .andWhere('version.code = :code', { code })
        .andWhere(`version.effective_date ${isIncluded ? '<=' : '<'} :day`, { day })
        .orderBy('version.effective_date', 'DESC')
        .addOrderBy('version.id', 'DESC')
        .limit(1),
    );
    return rows.sort(byDateAndCode).at(-1);
  }

  /** Versions made by people that stand now, or stood at `asOf`. */
  private async standing(
    asOf: Date | undefined,
    narrow: (query: Query) => Query,
  ): Promise<StoredVersion[]> {
    const rows = await narrow(this.versions(RateEntity, 'id', asOf)).getRawMany<StoredVersion>();
    if (asOf) {
      const replaced = this.versions(RateRevisionEntity, 'rate_id', asOf);
      replaced.andWhere('version.superseded_at > :asOf');
      rows.push(...(await narrow(replaced).getRawMany<StoredVersion>()));
    }
    return rows.length > 0 ? this.withNames(rows) : rows;
  }

  private versions(entity: EntityTarget<RateVersion>, id: string, asOf: Date | undefined): Query {
    const query = this.reader
      .select(entity, 'version')
      .select(`version.${id}`, 'id')
      .where("version.source = 'manual'");
    for (const name of COLUMNS) query.addSelect(`version.${name}`, name);
    if (asOf) query.andWhere('version.recorded_at <= :asOf', { asOf: asOf.toISOString() });
    return query;
  }

  /** A code created by hand may be one that the bank knows. */
  private async withNames(rows: StoredVersion[]): Promise<StoredVersion[]> {
    const named = await this.reader
      .select(CurrencyEntity, 'currency')
      .where('currency.code IN (:...codes)', { codes: [...new Set(rows.map(({ code }) => code))] })
      .orderBy('currency.cbr_id', 'DESC')
      .getMany();
    const byCode = new Map<string, Named>(named.map((currency) => [currency.code, currency]));
    return rows.map((row) => {
      const { name_en = null, num_code = null } = byCode.get(row.code) ?? {};
      return { ...row, name_en, num_code };
    });
  }
}

const COLUMNS = ['cbr_id', 'code', 'name', 'nominal', 'value', 'effective_date', 'source'];
