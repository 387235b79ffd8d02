import { Inject, Injectable } from '@nestjs/common';
import type { EntityTarget, SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { CurrencyEntity } from './currency.entity.js';
import { latestTwoIds } from './latest-two-ids.js';
import { RateRevisionEntity } from './rate-revision.entity.js';
import type { RateVersion } from './rate-version.js';
import { RateEntity } from './rate.entity.js';
import {
  byDateAndCode,
  lastTwoOfEach,
  type LatestVersions,
  type StoredVersion,
  type VersionScope,
} from './stored-version.js';
import { withdrawnDates } from './withdrawn-sheet.entity.js';

/** Where versions are: those that stand, and those that were replaced or deleted. */
const PLACES: { entity: EntityTarget<RateVersion>; table: string; id: string }[] = [
  { entity: RateEntity, table: 'rates', id: 'id' },
  { entity: RateRevisionEntity, table: 'rate_revisions', id: 'rate_id' },
];
type Place = (typeof PLACES)[number];

/** With the instant of recording, ISO 8601 UTC, so that it sorts as text. */
type RecordedVersion = StoredVersion & { recorded_at: string };

/**
 * What the bank has published, at any instant and inside a unit of work, whatever people did to it since: of each fixing the bank's last word.
 * A rate that a person edited or deleted is read from its revisions. With `asOf`, the last word known
 * at that instant.
 */
@Injectable()
export class OfficialRates {
  constructor(@Inject(Reader) private readonly reader: Pick<Reader, 'select'>) {}

  /** The newest fixing of each currency up to `day`, with the one before it; by the bank's ID. */
  async latest(day: CalendarDate, scope: VersionScope): Promise<Map<string, LatestVersions>> {
    const versions = await this.fromPlaces((place) =>
      this.versions(place, scope)
        .andWhere(`version.id IN (${newestTwoOfEach(place, scope)})`)
        .setParameter('day', day),
    );
    return lastTwoOfEach(versions);
  }

  /** The fixings of a range of days, by day and code. */
  async within({ from, to }: DateRange, scope: VersionScope): Promise<StoredVersion[]> {
    const versions = await this.fromPlaces((place) =>
      this.versions(place, scope).andWhere('version.effective_date BETWEEN :from AND :to', {
        from,
        to,
      }),
    );
    return versions.sort(byDateAndCode);
  }

  /** One version for each currency and date: the one recorded last. */
  private async fromPlaces(
    queryFor: (place: Place) => SelectQueryBuilder<RateVersion>,
  ): Promise<StoredVersion[]> {
    const found = await Promise.all(
      PLACES.map((place) => queryFor(place).getRawMany<RecordedVersion>()),
    );
    const lastWord = new Map<string, RecordedVersion>();
    // Those that stand come first, and win when both were recorded at the same instant.
    for (const version of found.flat()) {
      const key = `${version.cbr_id} ${version.effective_date}`;
      const known = lastWord.get(key);
      if (!known || version.recorded_at > known.recorded_at) lastWord.set(key, version);
    }
    return [...lastWord.values()];
  }

  private versions(
    { entity, id }: Place,
    { codes, asOf }: VersionScope,
  ): SelectQueryBuilder<RateVersion> {
    const query = this.reader
      .select(entity, 'version')
      .innerJoin(CurrencyEntity, 'currency', 'currency.cbr_id = version.cbr_id')
      .select(`version.${id}`, 'id')
      .where("version.source = 'cbr'");
    for (const name of VERSION_COLUMNS) query.addSelect(`version.${name}`, name);
    for (const name of CURRENCY_COLUMNS) query.addSelect(`currency.${name}`, name);
    const withdrawn = withdrawnDates(asOf && ':asOf');
    query.andWhere(`version.effective_date NOT IN ${withdrawn}`);
    if (codes) query.andWhere('currency.code IN (:...codes)', { codes });
    if (asOf) query.andWhere('version.recorded_at <= :asOf', { asOf: asOf.toISOString() });
    return query;
  }
}

const VERSION_COLUMNS = ['name', 'nominal', 'value', 'effective_date', 'source', 'recorded_at'];
const CURRENCY_COLUMNS = ['cbr_id', 'code', 'name_en', 'num_code'];

function newestTwoOfEach({ table }: Place, { codes, asOf }: VersionScope): string {
  const wanted = `currencies wanted ${codes ? 'WHERE wanted.code IN (:...codes)' : ''}`;
  return latestTwoIds({ table, key: 'cbr_id', source: 'cbr', wanted, asOf });
}
