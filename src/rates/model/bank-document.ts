/** Kinds of documents: a sheet (`XML_daily`), or the series of one currency (`XML_dynamic`). */
export type DocumentKind = 'daily' | 'dynamic';

/** Answer of the bank as received: the provenance of every figure. */
export interface BankDocument {
  kind: DocumentKind;
  /** Bytes as served, in the bank's encoding. */
  bytes: Buffer;
  fetched_at: Date;
}
