import { RateBooks } from '../../src/rates/book/rate-books.js';
import type { TestDatabase } from './databases.js';
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

/** An empty database for each test, and books on it, which are closed afterwards. */
export function withBookProcesses(create: () => Promise<TestDatabase>) {
  let database: TestDatabase;
  let processes: BookProcess[];

  beforeEach(async () => {
    database = await create();
    processes = [];
  });
  const close = async (process: BookProcess) => {
    processes = processes.filter((each) => each !== process);
    await process.database.close();
  };
  afterEach(async () => {
    for (const process of [...processes]) await close(process);
    await database.drop();
  });
  return {
    close,
    databaseUrl: () => database.url,
    open: async () => {
      const process = await openBookProcess(database.url);
      processes.push(process);
      return process;
    },
  };
}
