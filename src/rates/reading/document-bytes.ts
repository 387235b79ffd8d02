import { gunzipSync } from 'node:zlib';
import type { Reader } from '../../database/reader.js';
import { DocumentEntity } from '../model/index.js';

/** The bytes of a stored document as the bank served them. @throws what the database throws */
export async function documentBytes(reader: Reader, id: number): Promise<Buffer> {
  const row = await reader
    .select(DocumentEntity, 'document')
    .select('document.gzipped_bytes', 'bytes')
    .where({ id })
    .getRawOne<{ bytes: Buffer }>();
  return gunzipSync(row?.bytes ?? Buffer.alloc(0));
}
