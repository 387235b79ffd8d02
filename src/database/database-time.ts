/**
 * SQL for milliseconds since 1970 by the clock that every process of a database shares: that of the
 * PostgreSQL server, or of the machine that has the SQLite file.
 */
export function databaseMs(engine: string): string {
  return engine === 'postgres'
    ? '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint'
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}
