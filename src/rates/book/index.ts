/** The whole history in memory, updated commit by commit. Reads of rates are answered from it. */
export type { DocumentLine, WithdrawnLine } from './book-parts.js';
export { BookView, viewOf } from './book-view.js';
export { type BookPosition, RateBook } from './rate-book.js';
export { RateBooks } from './rate-books.js';
export { currenciesOn, dictionaryOf, documentOfSheet, documentsOf } from './sheet-documents.js';
export { currentRow } from './current-row.js';
export { type RevisionLine, Revisions } from './revisions.js';
export { WHOLE_SHEETS_FROM } from './sheet-dates.js';
