import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type CalendarDate, later, moscowDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import { type BankDocument, DocumentEntity } from '../model/index.js';

/** Subject of a document: a sheet of one date, or one currency in a range of days. */
interface Subject {
  date: CalendarDate;
  to_date?: CalendarDate;
  cbr_id?: string;
}

/**
 * Stores the document unless the same bytes are already stored; returns its id. Bytes that a Kurs built become the
 * bank's once they arrive without the mark.
 */
export async function keepDocument(
  unit: Unit,
  document: BankDocument,
  { date, to_date, cbr_id }: Subject,
): Promise<number> {
  const { kind, bytes, fetched_at, is_built = false } = document;
  const sha256 = sha256Of(document);
  const known = await unit
    .select(DocumentEntity, 'document')
    .select(['document.id', 'document.is_built'])
    .where({ kind, date, sha256 })
    .getOne();
  if (known) {
    if (known.is_built && !is_built)
      await unit.update(DocumentEntity, { id: known.id }, { is_built });
    return known.id;
  }
  const row = {
    ...{ kind, date, sha256, fetched_at, is_built, gzipped_bytes: gzipSync(bytes) },
    ...{ to_date: to_date ?? null, cbr_id: cbr_id ?? null },
  } as DocumentEntity;
  await unit.insert(DocumentEntity, [row]);
  return row.id;
}

/**
 * Stores the dictionary, or, if the newest one has the same bytes, the day on which the bank last served it. One that
 * returns to older bytes is stored again.
 */
export async function keepDictionary(unit: Unit, document: BankDocument): Promise<void> {
  const today = moscowDate(document.fetched_at);
  const newest = await unit
    .select(DocumentEntity, 'document')
    .select(['document.id', 'document.date', 'document.sha256'])
    .where({ kind: 'dictionary' })
    .orderBy('document.date', 'DESC')
    .addOrderBy('document.id', 'DESC')
    .limit(1)
    .getOne();
  // The clock may have been set back.
  const date = later(today, newest?.date ?? today);
  const sha256 = sha256Of(document);
  if (newest?.sha256 !== sha256) {
    await unit.delete(DocumentEntity, { kind: 'dictionary', date, sha256 });
    await keepDocument(unit, document, { date });
  } else if (newest.date !== date) {
    await unit.update(DocumentEntity, { id: newest.id }, { date });
  }
}

function sha256Of({ bytes }: BankDocument): string {
  return createHash('sha256').update(bytes).digest('hex');
}
