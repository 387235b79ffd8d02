import { gunzipSync } from 'node:zlib';
import type { Reader } from '../../database/reader.js';
import { DocumentEntity, SheetNotLoadedError } from '../model/index.js';

/**
 * The bytes of a stored document as the bank served them.
 *
 * @throws SheetNotLoadedError if its row is gone: a dictionary that returns to older bytes replaces its row, and the
 * rate book follows; database errors
 */
export async function documentBytes(reader: Reader, id: number): Promise<Buffer> {
  const row = await reader
    .select(DocumentEntity, 'document')
    .select('document.gzipped_bytes', 'bytes')
    .where({ id })
    .getRawOne<{ bytes: Buffer }>();
  if (!row) throw new SheetNotLoadedError(`The document ${id} of the bank`);
  return gunzipSync(row.bytes);
}
