/** Answer with status 200. The bank sends bytes alone; another Kurs in its place says more in headers. */
export interface BankAnswer {
  /** In the bank's encoding. */
  bytes: Buffer;
  /** The document was built from stored figures (`Kurs-Built`). */
  isBuilt: boolean;
  /** Letter codes that the document leaves out, because that Kurs holds their rates (`Kurs-Quarantined`). */
  quarantined: string;
}
