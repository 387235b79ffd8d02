import { reasonOf } from './common/message-of.js';
import { commandLine } from './config/command-line.js';

const FOLDER =
  'let the user that runs Kurs write there, or set DATABASE_URL to a file in another folder';
const DISK = 'free space on that disk, or set DATABASE_URL to a file on another one';

/** What helps against failures whose message does not say it itself. */
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: FOLDER,
  EPERM: FOLDER,
  EROFS: FOLDER,
  EEXIST: FOLDER,
  ELOOP: FOLDER,
  ENAMETOOLONG: FOLDER,
  ENOENT: FOLDER,
  ENOTDIR: FOLDER,
  ENOSPC: DISK,
  'database.full': DISK,
  'database.foreign': 'move that file away, or set DATABASE_URL to another one',
  'database.unavailable': `check DATABASE_URL and the database; "${commandLine('doctor')}" looks for the cause`,
  'config.bad_settings': 'correct them in the environment or in .env',
};

/** One sentence with what is wrong at the start, and one suggestion. */
export function startFailure(thrown: unknown): string {
  const advice = ADVICE[(thrown as { code?: string }).code ?? ''];
  const reason = reasonOf(thrown);
  return advice === undefined ? reason : `${reason}; ${advice}`;
}
