import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Unit } from '../database/unit.js';
import type { PublishedSheet } from './daily-sheet.js';
import { DocumentEntity } from './document.entity.js';

/** Stores the sheet's document unless the same bytes are stored already; returns its id. */
export async function keepDocument(
  unit: Unit,
  { document: { kind, bytes, fetched_at }, effective_date: date }: PublishedSheet,
): Promise<number> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await unit
    .select(DocumentEntity, 'document')
    .select('document.id', 'id')
    .where({ kind, date, sha256 })
    .getRawOne<{ id: number }>();
  if (known) return known.id;
  const row = { kind, date, sha256, fetched_at, gzipped_bytes: gzipSync(bytes) } as DocumentEntity;
  await unit.insert(DocumentEntity, [row]);
  return row.id;
}
