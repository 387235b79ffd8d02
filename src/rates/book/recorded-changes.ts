import { type CalendarDate, earlier, later } from '../../common/calendar-date.js';
import { ALL_DAYS, type DateRange } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import type { KeyChange } from '../../database/change-set.js';
import type { RowSource } from '../../database/row-source.js';

/** Yields to the event loop. */
export type Turn = () => Promise<unknown>;

/** Changed part of the data, and the range of touched days. */
export interface Change
  extends Pick<KeyChange, 'part' | 'key'>, Partial<Pick<KeyChange, 'added'>>, DateRange {}

/** Versions read at a time; each has a row per currency of its sheet. */
const VERSIONS_AT_A_TIME = 20;

const CHANGES = `SELECT data_version, part, key, from_date, to_date FROM changes
  WHERE data_version > $1 AND data_version <= $2 ORDER BY id`;

type ChangeCells = readonly [
  data_version: number,
  part: string,
  key: string,
  from: CalendarDate | null,
  to: CalendarDate | null,
];

/**
 * Reads the recorded changes of the versions after `known`; undefined if one of them has none. Yields to the event
 * loop: an import makes thousands of versions.
 */
export async function changesBetween(
  known: number,
  wanted: number,
  rows: RowSource,
  turn: Turn,
): Promise<Change[] | undefined> {
  const changes = new Map<string, Change[]>();
  for (let done = known; done < wanted; done += VERSIONS_AT_A_TIME) {
    const last = Math.min(done + VERSIONS_AT_A_TIME, wanted);
    const cells = await rows.cells<ChangeCells>(CHANGES, [done, last]);
    if (new Set(cells.map(([version]) => version)).size !== last - done) return undefined;
    for (const each of cells) add(changes, each);
    await turn();
  }
  return [...changes.values()].flat();
}

/** Merges consecutive days of one key, such as those of a history. */
function add(changes: Map<string, Change[]>, [, part, key, from, to]: ChangeCells): void {
  const change = { part, key, from: from ?? ALL_DAYS.from, to: to ?? ALL_DAYS.to };
  const name = `${part} ${key}`;
  const ofKey = changes.get(name);
  const last = ofKey?.at(-1);
  if (!ofKey) changes.set(name, [change]);
  else if (last && areTogether(last, change)) {
    last.from = earlier(last.from, change.from);
    last.to = later(last.to, change.to);
  } else ofKey.push(change);
}

function areTogether(one: DateRange, other: DateRange): boolean {
  return (
    dayNumber(other.from) <= dayNumber(one.to) + 1 && dayNumber(one.from) <= dayNumber(other.to) + 1
  );
}
