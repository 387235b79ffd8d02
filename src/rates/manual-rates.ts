import { Injectable } from '@nestjs/common';
import type { EntityTarget, SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { CurrencyEntity } from './currency.entity.js';
import { latestTwoIds } from './latest-two-ids.js';
import { RateRevisionEntity } from './rate-revision.entity.js';
import type { RateVersion } from './rate-version.js';
import { RateEntity } from './rate.entity.js';
import { ROUBLE_CODES } from './rouble.js';
import {
  byDateAndCode,
  lastTwoOfEach,
  type LatestVersions,
  type StoredVersion,
  type VersionScope,
} from './stored-version.js';

type Query = SelectQueryBuilder<RateVersion>;
/** Where versions are: those that stand, and those that were replaced or deleted since. */
type Place = 'kept' | 'replaced';
type Named = Pick<CurrencyEntity, 'code' | 'name_en' | 'num_code'>;

/**
 * Rates that people created or edited, as they stand; with `asOf` as they stood. One holds from its
 * date until the next of the same code; of two for one day, the one made or edited last.
 */
@Injectable()
export class ManualRates {
  constructor(private readonly reader: Reader) {}

  /** The newest rate of each code up to `day`, with the one of an earlier day before it; by code. */
  async latest(day: CalendarDate, scope: VersionScope): Promise<Map<string, LatestVersions>> {
    const upTo = (query: Query) =>
      ofCodes(query, scope).andWhere('version.effective_date <= :day', { day });
    const rows = await this.standing(scope.asOf, {
      kept: (query) => upTo(query).andWhere(`version.id IN (${newestTwoOfEach(scope)})`),
      // They are few, and what was replaced may be newer than both of those that are kept.
      replaced: upTo,
    });
    return lastTwoOfEach(lastMadeOf(rows.sort(byDateAndCode)), ({ code }) => code);
  }

  /** The rates of a range of days, all of them, by day and code; of one day in the order in which they were made. */
  async within({ from, to }: DateRange, scope: VersionScope): Promise<StoredVersion[]> {
    const narrow = (query: Query) =>
      ofCodes(query, scope).andWhere('version.effective_date BETWEEN :from AND :to', { from, to });
    const rows = await this.standing(scope.asOf, { kept: narrow, replaced: narrow });
    return rows.sort(byDateAndCode);
  }

  /** The day of the oldest rate of the codes; null when there is none. */
  async firstDate(scope: VersionScope): Promise<CalendarDate | null> {
    const days: CalendarDate[] = [];
    for (const place of placesAt(scope.asOf)) {
      const query = this.madeByPeople(place, scope.asOf);
      const oldest = await ofCodes(query, scope)
        .select('MIN(version.effective_date)', 'date')
        .getRawOne<{ date: CalendarDate | null }>();
      if (oldest?.date) days.push(oldest.date);
    }
    return days.sort()[0] ?? null;
  }

  /** Versions made by people that stand now, or stood at `asOf`. */
  private async standing(
    asOf: Date | undefined,
    narrow: Record<Place, (query: Query) => Query>,
  ): Promise<StoredVersion[]> {
    const rows: StoredVersion[] = [];
    for (const place of placesAt(asOf)) {
      const query = this.madeByPeople(place, asOf);
      query.select(place === 'kept' ? 'version.id' : 'version.rate_id', 'id');
      for (const name of COLUMNS) query.addSelect(`version.${name}`, name);
      rows.push(...(await narrow[place](query).getRawMany<StoredVersion>()));
    }
    return rows.length > 0 ? this.withNames(rows) : rows;
  }

  private madeByPeople(place: Place, asOf: Date | undefined): Query {
    const entity: EntityTarget<RateVersion> = place === 'kept' ? RateEntity : RateRevisionEntity;
    const query = this.reader
      .select(entity, 'version')
      // A rouble has no rate in roubles; older databases may hold one.
      .where("version.source = 'manual' AND version.code NOT IN (:...roubles)", {
        roubles: ROUBLE_CODES,
      });
    if (!asOf) return query;
    query.andWhere('version.recorded_at <= :asOf', { asOf: asOf.toISOString() });
    return place === 'kept' ? query : query.andWhere('version.superseded_at > :asOf');
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

const COLUMNS = [
  ...['cbr_id', 'code', 'name', 'nominal', 'value', 'effective_date', 'source'],
  'recorded_at',
];

/** One version for each code and day: the one made last. */
function lastMadeOf(inOrder: StoredVersion[]): StoredVersion[] {
  const lastMade = new Map(inOrder.map((row) => [`${row.effective_date} ${row.code}`, row]));
  return [...lastMade.values()];
}

function placesAt(asOf: Date | undefined): Place[] {
  return asOf ? ['kept', 'replaced'] : ['kept'];
}

function ofCodes(query: Query, { codes }: VersionScope): Query {
  return codes ? query.andWhere('version.code IN (:...codes)', { codes }) : query;
}

/** A seek in the index for each code, however many rates there are of it. */
const EVERY_CODE = `WITH RECURSIVE wanted(code) AS (
    SELECT MIN(code) FROM rates WHERE source = 'manual'
    UNION ALL SELECT (SELECT MIN(code) FROM rates WHERE source = 'manual' AND code > wanted.code)
      FROM wanted WHERE wanted.code IS NOT NULL)`;

function newestTwoOfEach({ codes, asOf }: VersionScope): string {
  const wanted = `wanted ${codes ? 'WHERE wanted.code IN (:...codes)' : ''}`;
  const from = { table: 'rates', key: 'code', source: 'manual', wanted, asOf } as const;
  return `${EVERY_CODE} ${latestTwoIds(from)}`;
}
