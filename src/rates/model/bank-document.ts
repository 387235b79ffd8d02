/** A sheet (`XML_daily`), the series of one currency (`XML_dynamic`), or the dictionary (`XML_valFull`). */
export type DocumentKind = 'daily' | 'dynamic' | 'dictionary';

/** Answer of the bank as received: the provenance of every figure. */
export interface BankDocument {
  kind: DocumentKind;
  /** Bytes as served, in the bank's encoding. */
  bytes: Buffer;
  fetched_at: Date;
}
