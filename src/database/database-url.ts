import { resolve } from 'node:path';

/** Where the rows live, read from `DATABASE_URL`. */
export type DatabaseAddress =
  { engine: 'sqlite'; path: string } | { engine: 'postgres'; url: string };

/** `sqlite:data/kurs.db` is relative to the working directory, `sqlite:/var/lib/kurs.db` and `sqlite:///var/…` are not. */
export function databaseAddress(databaseUrl: string): DatabaseAddress {
  if (!databaseUrl.startsWith('sqlite:')) return { engine: 'postgres', url: databaseUrl };
  const path = databaseUrl.slice('sqlite:'.length).replace(/^\/\//, '');
  return { engine: 'sqlite', path: resolve(path) };
}
