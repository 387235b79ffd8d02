/**
 * SQL expression for milliseconds since 1970 by the clock that all processes of a database share: the PostgreSQL
 * server's, or that of the machine with the SQLite file.
 */
export function databaseMs(engine: string): string {
  return engine === 'postgres'
    ? '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint'
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}
