import { RateBooks } from '../../src/rates/book/rate-books.js';
import { OpenedDatabase } from './opened-database.js';

/** A process as far as its book goes: connections of its own, and its own book, loaded. */
export interface BookProcess {
  database: OpenedDatabase;
  books: RateBooks;
}

export async function openBookProcess(url: string): Promise<BookProcess> {
  const database = await OpenedDatabase.open(url);
  const books = new RateBooks(database.snapshots, database.unitOfWork);
  await books.loaded();
  return { database, books };
}
