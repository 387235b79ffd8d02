/** What the bank is asked for: a sheet (`XML_daily`), or the series of one currency (`XML_dynamic`). */
export type DocumentKind = 'daily' | 'dynamic';

/** The bank's answer as it came over the wire: the provenance of every number. */
export interface BankDocument {
  kind: DocumentKind;
  /** The bytes as served, in the bank's encoding. */
  bytes: Buffer;
  fetched_at: Date;
}
