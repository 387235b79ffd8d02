import type { BankDocument } from './bank-document.js';

/** The bank's dictionary with the document that it was read from. */
export interface PublishedDictionary {
  entries: DictionaryEntry[];
  document: BankDocument;
}

/** Entry of the bank's dictionary (`XML_valFull`). */
export interface DictionaryEntry {
  cbr_id: string;
  /** ID of the currency that it succeeds or belongs to; often its own. */
  parent_id: string;
  /** Letter code; the ID if the dictionary has none. Two entries may share a code. */
  code: string;
  /** Three digits, with the leading zeros that the dictionary omits. */
  num_code: string | null;
  /** null if the dictionary has no valid name. */
  name: string | null;
  /** null also for a currency that occurs only in sheets. */
  name_en: string | null;
}
