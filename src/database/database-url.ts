import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the rows live, read from `DATABASE_URL`. */
export type DatabaseAddress =
  | { engine: 'sqlite'; path: string; named: string; maxPageCount: number | undefined }
  | { engine: 'postgres'; url: string };

const MAX_PAGE_COUNT = /\?max_page_count=(\d+)$/;

/**
 * `sqlite:data/kurs.db` is relative to the working directory, `sqlite:/var/lib/kurs.db` and `sqlite:///var/…`
 * are not. `?max_page_count=25600` bounds the file, in pages of 4096 bytes: a quota, or a drill for a full disk.
 */
export function databaseAddress(databaseUrl: string): DatabaseAddress {
  if (!databaseUrl.startsWith('sqlite:')) return { engine: 'postgres', url: databaseUrl };
  const bound = MAX_PAGE_COUNT.exec(databaseUrl)?.[1];
  const path = databaseUrl.slice('sqlite:'.length).replace(MAX_PAGE_COUNT, '').replace(/^\/\//, '');
  const maxPageCount = bound === undefined ? undefined : Number(bound);
  const named = resolve(path);
  return { engine: 'sqlite', path: ownName(named), named, maxPageCount };
}

/** A file that is there goes by the name that links lead to: what lies beside it, its lock too, is found there. */
function ownName(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
