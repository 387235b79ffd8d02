/** Kinds of documents that figures come from. */
export const KINDS_OF_FIGURES = ['daily', 'dynamic'] as const;

/** A sheet (`XML_daily`), the series of one currency (`XML_dynamic`), or the dictionary (`XML_valFull`). */
export type DocumentKind = (typeof KINDS_OF_FIGURES)[number] | 'dictionary';

/** Answer of the bank, or of another Kurs, as received: the provenance of every figure. */
export interface BankDocument {
  kind: DocumentKind;
  /** Bytes as served, in the bank's encoding. */
  bytes: Buffer;
  fetched_at: Date;
  /** Another Kurs built it from its figures, and says so; by default these are the bank's own bytes. */
  is_built?: boolean;
}
