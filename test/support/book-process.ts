import { RateBooks } from '../../src/rates/book/rate-books.js';
import { OpenedDatabase } from './opened-database.js';

/** Stands for a process with its own connections and its own loaded rate book. */
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
