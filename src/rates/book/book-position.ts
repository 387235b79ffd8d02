import type { RowSource } from '../../database/row-source.js';
import type { BookPosition } from './rate-book.js';

const MARK_OF = 'SELECT MAX(mark) FROM changes WHERE changes.data_version =';
const POSITION = `SELECT log_id, data_version, (${MARK_OF} store.data_version) AS mark,
  (SELECT COALESCE(MAX(seq), 0) FROM event_log) AS seq, (${MARK_OF} $1) AS known_mark FROM store`;

type PositionCells = readonly [
  logId: string,
  dataVersion: number,
  mark: string | null,
  seq: number | string,
  knownMark: string | null,
];

/** Reads the position of the database. */
export async function readPosition(rows: RowSource): Promise<BookPosition> {
  return (await readNews(rows, -1)).position;
}

/** Reads the position of the database, and its mark of a version; null if it has none. */
export async function readNews(
  rows: RowSource,
  dataVersion: number,
): Promise<{ position: BookPosition; knownMark: string | null }> {
  const [cells] = await rows.cells<PositionCells>(POSITION, [dataVersion]);
  if (!cells) throw new RangeError('The table "store" has no row');
  const [logId, version, mark, seq, knownMark] = cells;
  return { position: { logId, dataVersion: version, mark, seq: Number(seq) }, knownMark };
}
