import { Column, type ColumnOptions, type QueryRunner, type TableColumnOptions } from 'typeorm';

/*
 * Column types for entities (decorators) and migrations (options). SQLite and PostgreSQL share few types, so
 * decimals, instants and dates are text on both. TypeORM's decimal is a REAL on SQLite and turns 90.1200 into 90.12.
 */

/** Instant as ISO 8601 UTC text with milliseconds. The width is fixed, so it sorts as text. */
export function InstantColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({
    ...options,
    type: 'varchar',
    length: 24,
    transformer: {
      to: textOfInstant,
      from: (text: string | null) => (text === null ? null : new Date(text)),
    },
  });
}

/**
 * Cache of formatted instants: rows stored together share them, each currency's history repeats the same days, and
 * formatting is the most expensive step.
 */
const textsOfInstants = new Map<number, string>();
const MOST_TEXTS = 20_000;

function textOfInstant(instant: Date | null | undefined): string | null {
  return instant ? instantText(instant) : null;
}

/** Instant in its stored form. */
export function instantText(instant: Date): string {
  const time = instant.getTime();
  let text = textsOfInstants.get(time);
  if (text === undefined) {
    text = instant.toISOString();
    if (textsOfInstants.size >= MOST_TEXTS) textsOfInstants.clear();
    textsOfInstants.set(time, text);
  }
  return text;
}

/** CalendarDate, `YYYY-MM-DD`. */
export function CalendarDateColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'varchar', length: 10 });
}

/** DecimalText: the digits as published. */
export function DecimalColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'varchar', length: 40 });
}

/** Boolean, stored as 0 or 1. */
export function FlagColumn(): PropertyDecorator {
  return Column({ type: 'integer', transformer: { to: Number, from: Boolean } });
}

/** Integer beyond 2^31, a JavaScript number on both engines. */
export function BigIntColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'bigint' });
}

/**
 * Buffer. The engines share no type name for bytes (bytea, blob), and TypeORM rejects a type of the other engine. It
 * converts nothing in a text column, and the drivers bind a Buffer as bytes.
 */
export function BytesColumn(): PropertyDecorator {
  return Column({ type: 'text' });
}

type Options = Partial<TableColumnOptions>;

export const column = {
  id: (): TableColumnOptions => ({
    name: 'id',
    type: 'integer',
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
  }),
  integer: (name: string, options: Options = {}): TableColumnOptions => ({
    ...options,
    name,
    type: 'integer',
  }),
  bigint: (name: string, options: Options = {}): TableColumnOptions => ({
    ...options,
    name,
    type: 'bigint',
  }),
  string: (name: string, length: number, options: Options = {}): TableColumnOptions => ({
    ...options,
    name,
    type: 'varchar',
    length: String(length),
  }),
  text: (name: string, options: Options = {}): TableColumnOptions => ({
    ...options,
    name,
    type: 'text',
  }),
  instant: (name: string, options: Options = {}): TableColumnOptions =>
    column.string(name, 24, options),
  date: (name: string, options: Options = {}): TableColumnOptions =>
    column.string(name, 10, options),
  decimal: (name: string, options: Options = {}): TableColumnOptions =>
    column.string(name, 40, options),
  bytes: (name: string, { dataSource }: QueryRunner): TableColumnOptions => ({
    name,
    type: dataSource.options.type === 'postgres' ? 'bytea' : 'blob',
  }),
};
