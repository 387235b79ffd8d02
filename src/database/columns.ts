import { Column, type ColumnOptions, type QueryRunner, type TableColumnOptions } from 'typeorm';

/*
 * One spelling for every kind of column, in entities (decorators) and in migrations (options),
 * because SQLite and PostgreSQL agree on few types: decimals, instants and dates are text on both.
 * TypeORM's decimal on SQLite is a REAL and turns 90.1200 into 90.12.
 */

/** An instant as ISO 8601 UTC text with milliseconds: fixed width, so it sorts as text. */
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
 * Rows that are stored together share instants, and history begins the same days again for each currency;
 * formatting an instant is dearer than all else about it.
 */
const textsOfInstants = new Map<number, string>();
const MOST_TEXTS = 20_000;

function textOfInstant(instant: Date | null | undefined): string | null {
  return instant ? instantText(instant) : null;
}

/** An instant as it is stored. */
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

/** A CalendarDate, `YYYY-MM-DD`. */
export function CalendarDateColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'varchar', length: 10 });
}

/** A DecimalText: the digits as published. */
export function DecimalColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'varchar', length: 40 });
}

/** A whole number beyond 2^31, a JavaScript number on both engines. */
export function BigIntColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'bigint' });
}

/**
 * A Buffer. No type name for bytes is common to both engines (bytea, blob), and TypeORM refuses the
 * foreign one; it converts nothing in a text column, and the drivers bind a Buffer as what it is.
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
