import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import { type BankDocument, DocumentEntity } from '../model/index.js';

/** Subject of a document: a sheet of one date, or one currency in a range of days. */
interface Subject {
  date: CalendarDate;
  to_date?: CalendarDate;
  cbr_id?: string;
}

/** Stores the document unless the same bytes are already stored; returns its id. */
export async function keepDocument(
  unit: Unit,
  { kind, bytes, fetched_at }: BankDocument,
  { date, to_date, cbr_id }: Subject,
): Promise<number> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await unit
    .select(DocumentEntity, 'document')
    .select('document.id', 'id')
    .where({ kind, date, sha256 })
    .getRawOne<{ id: number }>();
  if (known) return known.id;
  const row = {
    ...{ kind, date, sha256, fetched_at, gzipped_bytes: gzipSync(bytes) },
    ...{ to_date: to_date ?? null, cbr_id: cbr_id ?? null },
  } as DocumentEntity;
  await unit.insert(DocumentEntity, [row]);
  return row.id;
}
