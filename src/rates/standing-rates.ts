import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, FIRST_DAY } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { type FixingRow, FixingsQueries } from './fixings.queries.js';
import type { Known } from './known-facts.js';
import { OfficialRates } from './official-rates.js';
import { SheetCalendar } from './sheet-calendar.js';
import {
  byDateAndCode,
  type Fixed,
  lastTwoOfEach,
  type LatestVersions,
  type StoredVersion,
  type VersionScope,
} from './stored-version.js';

/** For more currencies than this, one question about all is cheaper than two for each. */
const FEW_CURRENCIES = 4;
const NOBODY: ReadonlySet<string> = new Set();
const NOTHING: ReadonlyMap<string, Fixed> = new Map();

/**
 * What the bank has published, as OfficialRates has it, for those who ask about now: read from the
 * sheets and series that stand. Wherever a version was replaced, edited or deleted, and for every
 * question `as_of`, OfficialRates is asked.
 */
@Injectable()
export class StandingRates {
  constructor(
    private readonly queries: FixingsQueries,
    private readonly official: OfficialRates,
    private readonly calendar: SheetCalendar,
  ) {}

  /** As OfficialRates.latest. */
  async latest(
    day: CalendarDate,
    scope: VersionScope,
    known: Known,
  ): Promise<Map<string, LatestVersions>> {
    const ids = fewIds(scope, known);
    if (!ids) return this.official.latest(day, scope);
    const rows: FixingRow[] = [];
    for (const id of ids) {
      const two = await this.queries.newestTwo(id, day);
      const from = two.length === 2 ? two[1]?.effective_date : undefined;
      if (await this.queries.isRevised(id, { from: from ?? FIRST_DAY, to: day })) {
        return this.official.latest(day, scope);
      }
      rows.push(...two);
    }
    return lastTwoOfEach(versionsOf(rows, known));
  }

  /**
   * The same of every currency that has a fixing in the newest sheet up to `day`, or a figure that is
   * held since then: that sheet and the one before it have nearly all of them.
   */
  async ofSheet(
    sheet: CalendarDate,
    day: CalendarDate,
    known: Known,
  ): Promise<Map<string, LatestVersions>> {
    const before = await this.calendar.newest(addDays(sheet, -1), undefined);
    const range = { from: before ?? sheet, to: day };
    const [rows, quotations, others, unsure] = await Promise.all([
      this.queries.ofSheet(sheet),
      before === null ? NOTHING : this.queries.quotationsOf(before),
      this.queries.setBesides(sheet, range),
      this.queries.revised(range),
    ]);
    for (const id of others) unsure.add(id);
    for (const id of known.held.idsWithin({ from: sheet, to: day })) unsure.add(id);
    const isNew = rows.some(({ cbr_id }) => !quotations.has(cbr_id));
    const old = isNew ? await this.queries.setBefore(sheet) : NOBODY;
    const found: LatestVersions[] = [];
    for (const row of rows) {
      const previous = quotations.get(row.cbr_id) ?? null;
      if (!previous && old.has(row.cbr_id)) unsure.add(row.cbr_id);
      if (unsure.has(row.cbr_id)) continue;
      const current = versionOf(row, known);
      if (current) found.push({ current, previous });
    }
    if (unsure.size > 0) found.push(...(await this.latestOf(unsure, day, known)));
    found.sort((one, other) => byDateAndCode(one.current, other.current));
    return new Map(found.map((versions) => [versions.current.cbr_id ?? '', versions]));
  }

  /** As OfficialRates.within. */
  async within(range: DateRange, scope: VersionScope, known: Known): Promise<StoredVersion[]> {
    if (!scope.codes && !scope.asOf) {
      const revised = await this.queries.revised(range);
      if (revised.size > 0) return this.official.within(range, scope);
      return versionsOf(await this.queries.ofSheets(range), known).sort(byDateAndCode);
    }
    const ids = fewIds(scope, known);
    if (!ids) return this.official.within(range, scope);
    const rows: FixingRow[] = [];
    for (const id of ids) {
      if (await this.queries.isRevised(id, range)) return this.official.within(range, scope);
      rows.push(...(await this.queries.ofCurrency(id, range)));
    }
    const versions = versionsOf(rows, known);
    return ids.length > 1 ? versions.sort(byDateAndCode) : versions;
  }

  private async latestOf(
    ids: ReadonlySet<string>,
    day: CalendarDate,
    { currencies }: Known,
  ): Promise<LatestVersions[]> {
    const codes = new Set<string>();
    for (const id of ids) codes.add(currencies.get(id)?.code ?? id);
    const latest = await this.official.latest(day, { codes: [...codes] });
    return [...latest].filter(([id]) => ids.has(id)).map(([, versions]) => versions);
  }
}

/** The bank's IDs of the codes; undefined where OfficialRates is to be asked. */
function fewIds({ codes, asOf }: VersionScope, { currencies }: Known): string[] | undefined {
  if (!codes || asOf) return undefined;
  const ids = [...new Set(codes.flatMap((code) => currencies.idsOf(code)))];
  return ids.length > FEW_CURRENCIES ? undefined : ids;
}

function versionsOf(rows: readonly FixingRow[], known: Known): StoredVersion[] {
  const versions: StoredVersion[] = [];
  for (const row of rows) {
    const version = versionOf(row, known);
    if (version) versions.push(version);
  }
  return versions;
}

function versionOf(
  { id, cbr_id, name, nominal, value, effective_date }: FixingRow,
  { currencies }: Known,
): StoredVersion | undefined {
  const currency = currencies.get(cbr_id);
  if (!currency) return undefined;
  const { code, name_en, num_code } = currency;
  // Field by field: a history has thousands of them.
  return {
    id,
    cbr_id,
    code,
    name,
    name_en,
    num_code,
    nominal,
    value,
    effective_date,
    source: 'cbr',
  };
}
