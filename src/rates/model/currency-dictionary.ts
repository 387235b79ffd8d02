/** One currency of the bank's dictionary (`XML_valFull`). */
export interface DictionaryEntry {
  cbr_id: string;
  /** The ID of the currency that it succeeds or belongs to; often its own. */
  parent_id: string;
  /** Letter code; the ID itself where the dictionary gives none. Two entries may share one. */
  code: string;
  /** Three digits, with the zeros in front that the dictionary leaves out. */
  num_code: string | null;
  /** Null where the dictionary has none that can be used. */
  name: string | null;
  /** Null for a currency that only a sheet has, too. */
  name_en: string | null;
}
