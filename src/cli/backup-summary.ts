import type { BackupReport } from '../database/backup-check.js';

/** The contents of a backup in one line. */
export function backupSummary({ bytes, rates, events, log_id, ...rest }: BackupReport): string {
  const { first, last } = events;
  const newest = rest.newest_effective_date ?? 'none';
  const log = last === 0 ? 'no events' : `events ${first} to ${last}`;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return `${megabytes} MB, ${rates} rates, newest sheet ${newest}, ${log}, log_id ${log_id}`;
}
