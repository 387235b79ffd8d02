import { randomBytes } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { type CalendarDate, earlier, later } from '../common/calendar-date.js';
import type { ChangeEntity } from './change.entity.js';

/** Part of the data that a row belongs to, as read models see it. */
export interface Touch {
  part: string;
  key?: string | undefined;
  day?: CalendarDate | undefined;
}

type TouchesOf = (row: ObjectLiteral) => readonly Touch[];

const followed = new WeakMap<object, TouchesOf>();

/** Class decorator: records changes of the entity for read models. `touchesOf` maps a row to its parts. */
export function Followed<Row extends ObjectLiteral>(touchesOf: (row: Row) => readonly Touch[]) {
  return (entity: abstract new () => Row): void => {
    followed.set(entity, touchesOf as TouchesOf);
  };
}

/** The `touchesOf` of an entity or its nearest decorated ancestor; undefined if there is none. */
export function touchesOf(entity: EntityTarget<ObjectLiteral>): TouchesOf | undefined {
  for (let each: unknown = entity; typeof each === 'function'; each = Object.getPrototypeOf(each)) {
    const touches = followed.get(each);
    if (touches) return touches;
  }
  return undefined;
}

export type Change = Pick<ChangeEntity, 'part' | 'key' | 'from_date' | 'to_date'>;

const NOTHING_FOLLOWED: Change = { part: '', key: '', from_date: null, to_date: null };

/** Rows that a unit inserted into an entity. */
export interface Added {
  entity: EntityTarget<ObjectLiteral>;
  rows: ObjectLiteral[];
}

/** Change of one key of a part. `added` is set only if the unit did nothing but insert rows of one entity. */
export interface KeyChange extends Change {
  added: Added | undefined;
}

/** Parts that a unit of work changed: one range of days for each part and key. */
export class ChangeSet {
  private readonly changes = new Map<string, KeyChange>();

  /** @param added the row and its entity, if it was inserted */
  add(
    { part, key = '', day }: Touch,
    added?: { entity: EntityTarget<ObjectLiteral>; row: ObjectLiteral },
  ): void {
    const name = `${part} ${key}`;
    let change = this.changes.get(name);
    if (!change) {
      const date = day ?? null;
      const first = added && { entity: added.entity, rows: [] };
      change = { part, key, from_date: date, to_date: date, added: first };
      this.changes.set(name, change);
    } else if (day !== undefined) {
      change.from_date = earlier(change.from_date ?? day, day);
      change.to_date = later(change.to_date ?? day, day);
    }
    if (!added || change.added?.entity !== added.entity) change.added = undefined;
    else change.added.rows.push(added.row);
  }

  /** All changes, for a read model in the same process. */
  get all(): readonly KeyChange[] {
    return [...this.changes.values()];
  }

  /** Rows that record the changes of a version; at least one. */
  recordedAs(data_version: number): ChangeEntity[] {
    const changes = this.changes.size > 0 ? [...this.changes.values()] : [NOTHING_FOLLOWED];
    const mark = randomBytes(6).toString('base64url');
    return changes.map(
      ({ part, key, from_date, to_date }) =>
        ({ part, key, from_date, to_date, data_version, mark }) as ChangeEntity,
    );
  }
}
