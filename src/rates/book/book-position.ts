import type { RowSource } from '../../database/row-source.js';
import type { BookPosition } from './rate-book.js';

const POSITION = `SELECT log_id, data_version,
  (SELECT COALESCE(MAX(seq), 0) FROM event_log) AS seq FROM store`;

/** Where the database is. */
export async function readPosition(rows: RowSource): Promise<BookPosition> {
  const [cells] = await rows.cells<[string, number, number | string]>(POSITION);
  if (!cells) throw new RangeError('The database has lost the row that describes it');
  const [logId, dataVersion, seq] = cells;
  return { logId, dataVersion, seq: Number(seq) };
}
