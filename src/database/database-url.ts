import { resolve } from 'node:path';
import { realPath } from './real-path.js';

/** Location of the database, parsed from `DATABASE_URL`. */
export type DatabaseAddress =
  | { engine: 'sqlite'; path: string; named: string; maxPageCount: number | undefined }
  | { engine: 'postgres'; url: string };

const MAX_PAGE_COUNT = /\?max_page_count=(\d+)$/;

/**
 * `sqlite:data/kurs.db` is relative to the working directory; `sqlite:/var/lib/kurs.db` and `sqlite:///var/…` are
 * absolute. Links are resolved, because the WAL and the lock are beside the real file. `?max_page_count=25600` limits
 * the file, in pages of 4096 bytes: a quota, or a drill for a full disk.
 */
export function databaseAddress(databaseUrl: string): DatabaseAddress {
  if (!databaseUrl.startsWith('sqlite:')) return { engine: 'postgres', url: databaseUrl };
  const bound = MAX_PAGE_COUNT.exec(databaseUrl)?.[1];
  const path = databaseUrl.slice('sqlite:'.length).replace(MAX_PAGE_COUNT, '').replace(/^\/\//, '');
  const maxPageCount = bound === undefined ? undefined : Number(bound);
  const named = resolve(path);
  return { engine: 'sqlite', path: realPath(named), named, maxPageCount };
}
