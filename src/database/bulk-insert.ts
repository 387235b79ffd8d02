import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** Rows per INSERT: below SQLite's limit of 32,766 parameters, and large enough to need few statements. */
const ROWS_PER_STATEMENT = 100;

/** Prepared insertion into a table: its columns, and the statement texts by number of rows. */
interface Insertion {
  columns: readonly ColumnMetadata[];
  generated: ColumnMetadata | undefined;
  texts: Map<number, string>;
}

const insertions = new WeakMap<EntityMetadata, Insertion>();

/**
 * Inserts rows and sets their generated ids. TypeORM's builder spends ten times as long on a row as SQLite does. Here
 * the statement text repeats, so the driver prepares it once.
 */
export async function bulkInsert<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  const { driver } = manager.dataSource;
  const metadata = manager.dataSource.getMetadata(entity);
  const insertion = insertionInto(metadata);
  const { columns, generated } = insertion;
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(start, start + ROWS_PER_STATEMENT);
    const parameters: unknown[] = [];
    for (const row of chunk) {
      for (const column of columns) {
        const value = (row[column.propertyName] as unknown) ?? null;
        parameters.push(driver.preparePersistentValue(value, column));
      }
    }
    const text = statementFor(manager, metadata, insertion, chunk.length);
    const answer = await manager.query<unknown>(text, parameters);
    if (!generated) continue;
    const ids = idsIn(answer, generated, chunk.length);
    chunk.forEach((row: ObjectLiteral, index) => {
      row[generated.propertyName] = ids[index];
    });
  }
}

/**
 * PostgreSQL returns every id, in no guaranteed order. SQLite returns only the last one, because RETURNING made an
 * import a third slower. Both assign ids in row order; on SQLite without gaps, as it has one writer.
 */
function idsIn(answer: unknown, { databaseName }: ColumnMetadata, count: number): number[] {
  if (Array.isArray(answer)) {
    const rows = answer as Readonly<Record<string, unknown>>[];
    return rows.map((row) => Number(row[databaseName])).sort((one, other) => one - other);
  }
  const first = Number(answer) - count + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

function insertionInto(metadata: EntityMetadata): Insertion {
  let insertion = insertions.get(metadata);
  if (insertion === undefined) {
    const columns = metadata.columns.filter(({ isGenerated }) => !isGenerated);
    const generated = metadata.columns.find(({ isGenerated }) => isGenerated);
    insertion = { columns, generated, texts: new Map() };
    insertions.set(metadata, insertion);
  }
  return insertion;
}

function statementFor(
  { dataSource: { driver, options } }: EntityManager,
  { tablePath }: EntityMetadata,
  { columns, generated, texts }: Insertion,
  rows: number,
): string {
  let text = texts.get(rows);
  if (text === undefined) {
    const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
    let index = 0;
    const tuple = () =>
      `(${columns.map(({ propertyName }) => driver.createParameter(propertyName, index++)).join(', ')})`;
    const tuples = Array.from({ length: rows }, tuple).join(', ');
    const returnsIds = generated !== undefined && options.type === 'postgres';
    const returning = returnsIds ? ` RETURNING ${driver.escape(generated.databaseName)}` : '';
    text = `INSERT INTO ${driver.escape(tablePath)} (${names}) VALUES ${tuples}${returning}`;
    texts.set(rows, text);
  }
  return text;
}
